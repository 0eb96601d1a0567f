// The options that say what rows look like, shared by convert, pull and export.
#pragma once

#include "common/base/result.h"
#include "common/cli/invocation.h"
#include "common/cli/result_output.h"
#include "common/config/option.h"
#include "tools/taxii-pull/rows/converter.h"

#include <memory>
#include <string>

namespace quarry::taxii_pull {

extern const config::OptionTable kRowOptions;
extern const config::OptionTable kTimeOptions;  // now

/// `source` is the feed's name where --source does not give one.
Result<RowOptions> read_row_options(const cli::Invocation& invocation, std::string source);

/// Rows to where the command line says, in the format it says.
class RowTarget {
 public:
  static Result<std::unique_ptr<RowTarget>> open(const cli::Invocation& invocation,
                                                 const RowOptions& options);
  RowOutput& rows() { return *rows_; }
  /// Of NDJSON only: lines as they are.
  io::Sink& bytes() { return output_->bytes(); }
  Result<void> finish();

 private:
  explicit RowTarget(std::unique_ptr<cli::ResultOutput> output) : output_(std::move(output)) {}
  std::unique_ptr<cli::ResultOutput> output_;
  std::unique_ptr<RowOutput> rows_;
};

}  // namespace quarry::taxii_pull
