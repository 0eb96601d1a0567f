// Where the results of a command go and how they look: --output, --format and what belongs to them.
#pragma once

#include "common/base/file.h"
#include "common/cli/invocation.h"
#include "common/cli/pager.h"
#include "common/io/sink.h"
#include "common/output/format.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::cli {

/// kUsage where --output names a file whose ending no format has, and no --format says what to
/// write: rows in a file called report.pdf would be a guess.
Result<void> check_output_name(const Invocation& invocation);
/// What -o gets that would destroy an input. Files among the arguments are looked at by open().
Error names_input();
/// --tz, --typed, --csv-safe, --line-buffered, and what the terminal says.
Result<output::FormatOptions> format_options(const Invocation& invocation);

/// A file, which appears when commit() says that it is complete; a pager; or standard output.
class ResultOutput {
 public:
  static Result<std::unique_ptr<ResultOutput>> open(const Invocation& invocation,
                                                    const output::FormatOptions& looks);
  /// In this format, whatever the invocation says.
  static Result<std::unique_ptr<ResultOutput>> open(const Invocation& invocation,
                                                    const output::FormatOptions& looks,
                                                    const std::string& format);

  io::Sink& bytes() { return out_; }
  BatchSink& rows() { return *rows_; }
  /// Is called before the first byte reaches the user's screen, maybe on another thread: progress
  /// has to leave it. Set before any row is written; valid until finish().
  void before_screen(std::function<void()> call) { before_screen_ = std::move(call); }
  /// The last flush; then waits until the user leaves the pager.
  Result<void> finish();
  Result<void> commit();

 private:
  explicit ResultOutput(std::string name);
  int descriptor();

  std::string name_;
  bool on_screen_ = false;
  std::optional<AtomicFile> file_;
  std::string pager_command_;  // empty: none
  std::optional<Pager> pager_;
  std::function<void()> before_screen_;
  io::Sink out_;
  std::unique_ptr<BatchSink> rows_;
};

/// One small result, shown whole. `columns` are of equal length.
Result<int> show_rows(const Invocation& invocation, const Schema& schema,
                      std::vector<Column> columns);
/// The same, as a document: on standard output in `unasked` ("list") where no --format is given.
Result<int> show_rows(const Invocation& invocation, const Schema& schema,
                      std::vector<Column> columns, const std::string& unasked);
/// A text that has no columns.
Result<int> show_text(const Invocation& invocation, std::string_view text);

}  // namespace quarry::cli
