// Progress on stderr: one line that rewrites itself, never in the way of results and messages.
#pragma once

#include "common/cli/terminal.h"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace quarry::cli {

/// Decides when a line is due and what bytes show it. Time is handed in (seconds since the start),
/// so tests need no clock. On a terminal: after 0.5 s, at most 10 times a second, cut to the width.
/// Else with `always`: a line of its own every 10 s.
class ProgressLine {
 public:
  ProgressLine(bool is_terminal, When when, std::size_t width);
  bool due(double seconds) const;
  std::string draw(std::string_view text, double seconds);  ///< bytes to write
  std::string clear();                                      ///< "" when nothing is shown
 private:
  bool is_terminal_;
  bool enabled_;
  std::size_t width_;
  double next_;
  bool shown_ = false;
};

/// Asks `describe` on a thread of its own and shows the answer on stderr until stopped. `describe`
/// must be thread-safe.
class Progress {
 public:
  Progress(const Streams& streams, When when, std::function<std::string()> describe);
  ~Progress();  ///< stops
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// A line above the one that rewrites itself, which stays; from any thread but that of
  /// `describe`.
  void say(std::string_view text);
  /// Clears the line and shows no more. Call before any message, from any thread.
  void stop();

 private:
  void loop();
  std::function<std::string()> describe_;
  ProgressLine line_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::once_flag stopped_;
  std::thread thread_;
};

}  // namespace quarry::cli
