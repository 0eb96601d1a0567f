// Runs a program without a shell and collects what it prints: credential_command, az.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/base/secret.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace quarry {

struct ProcessOptions {
  std::chrono::milliseconds timeout{60'000};  // then the program and its children are killed
  std::size_t output_limit = 1 << 20;         // bytes of standard output, and of standard error
  const CancelToken* cancel = nullptr;        // ends the wait; may be null
};

struct ProcessOutcome {
  int status = 0;      // exit status; 128 + signal where a signal ended it
  Secret output;       // standard output: it may be a secret
  std::string errors;  // standard error
};

/// `words`: the program, looked up in PATH, and its arguments. Standard input is empty. kUsage
/// where the program cannot be started, kTimedOut, or the token's error; any exit status is an
/// outcome.
Result<ProcessOutcome> run_process(const std::vector<std::string>& words,
                                   const ProcessOptions& options = {});

}  // namespace quarry
