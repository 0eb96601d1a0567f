// What becomes of each step of a run, line by line as it comes: for people, or consent.action
// records.
#pragma once

#include "common/actions/action.h"
#include "common/actions/actor.h"
#include "common/cli/invocation.h"
#include "common/cli/result_output.h"

#include <memory>
#include <optional>
#include <string_view>

namespace quarry::consent_audit {

/// The first failure to write is kept: the run itself goes on.
class ResultLines {
 public:
  static Result<ResultLines> open(const cli::Invocation& invocation);

  void add(const actions::Action& action, const actions::ActResult& result);
  /// Of the same kind as the lines: as_text() tells.
  void write(std::string_view text);
  bool as_text() const { return as_text_; }
  /// The first failure; a reader that went away had enough.
  Result<void> finish();

 private:
  ResultLines(std::unique_ptr<cli::ResultOutput> output, bool as_text);

  std::unique_ptr<cli::ResultOutput> output_;
  bool as_text_;
  std::optional<Error> failure_;
};

}  // namespace quarry::consent_audit
