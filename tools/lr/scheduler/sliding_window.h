// How many requests went out lately: the memory behind a limit of so many in any stretch of time.
#pragma once

#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

namespace quarry::lr {

struct RateWindow {
  std::size_t requests = 0;
  double seconds = 0;
};

class SlidingWindow {
 public:
  explicit SlidingWindow(std::vector<RateWindow> windows) : windows_(std::move(windows)) {}

  /// When the next request may go: `now`, or later.
  double next(double now) const;
  /// How many may go now.
  std::size_t room(double now) const;
  void note(double now);
  /// The answer to what went at `sent` has come: the service counted it at some time until `now`,
  /// but hardly later than a tenth of the shortest window.
  void settle(double sent, double now);
  /// What went at `sent` never arrived.
  void take_back(double sent);
  /// Nothing before this time, whatever the windows say.
  void block_until(double time);

 private:
  std::vector<RateWindow> windows_;  // the longest last
  std::deque<double> sent_;
  double blocked_until_ = 0;
};

}  // namespace quarry::lr
