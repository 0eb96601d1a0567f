// Asks a person at the terminal before something severe is done.
#pragma once

#include "common/actions/confirmer.h"
#include "common/base/cancel.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarry::cli {

/// Writes the question to standard error and reads a line of standard input; Ctrl-C ends the wait.
/// Print diagnostics and stop progress before.
class TerminalConfirmer : public actions::Confirmer {
 public:
  /// The descriptors are for tests.
  TerminalConfirmer(std::string_view tool, const CancelToken& cancel, int input = 0,
                    int output = 2);
  Result<bool> type_count(const std::string& question, std::size_t count) override;

 private:
  Result<std::string> read_line();

  std::string tool_;
  const CancelToken& cancel_;
  int input_;
  int output_;
};

}  // namespace quarry::cli
