// Long results on a terminal go through $QUARRY_PAGER, $PAGER or less -FRX.
#pragma once

#include "common/base/env.h"

#include <sys/types.h>

#include <string>

namespace quarry::cli {

/// The command to run with sh -c; "" where there is to be none (the variable is set and empty, or
/// "cat").
std::string pager_command(const Environment& environment);

/// Owns the pager's process and the pipe into it. Without one, descriptor() is stdout.
class Pager {
 public:
  /// No process; results go straight to stdout.
  Pager() = default;
  /// Starts the command; stdout takes the results where there is no such program, so that a machine
  /// without less loses nothing.
  static Pager start(const std::string& command);
  Pager(Pager&& other) noexcept;
  Pager& operator=(Pager&&) = delete;
  ~Pager();  ///< as finish()

  int descriptor() const { return pipe_ >= 0 ? pipe_ : 1; }
  bool running() const { return child_ > 0; }
  /// Closes the pipe and waits until the user leaves the pager.
  void finish();

 private:
  int pipe_ = -1;
  pid_t child_ = -1;
};

}  // namespace quarry::cli
