#include "tools/etl-report/scan_input.h"

#include "common/base/text.h"
#include "common/cli/progress.h"
#include "common/output/format.h"
#include "tools/etl-report/recording.h"

#include <fmt/format.h>

#include <atomic>

namespace quarry::etl_report {
namespace {

void warn_of_incomplete(cli::Invocation& invocation, const RecordingFacts& recording) {
  if (recording.incomplete == 0) return;
  Diagnostic warning;
  warning.level = Level::kWarning;
  warning.kind = DiagnosticClass::kData;
  warning.message = incomplete_text(recording);
  warning.file = recording.path;
  invocation.diagnostics().add(std::move(warning));
}

}  // namespace

Result<int> read_scans(cli::Invocation& invocation, Nested nested, Recordings& into, Twice twice) {
  std::atomic<std::uint64_t> records{0};
  const cli::When progress_wanted =
      invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
  const cli::Progress progress(invocation.streams(), progress_wanted, [&records] {
    return text::with_thousands(records.load()) + " records";
  });
  const auto read = [&](const etl::Trace& trace) -> Result<void> {
    QUARRY_CHECK(add_recording(
        trace, {.nested = nested, .cancel = &invocation.cancel(), .records = &records}, into));
    warn_of_incomplete(invocation, into.facts.back());
    return ok();
  };
  QUARRY_TRY(const int status, for_each_recording(invocation, read, twice));
  complete(into);
  return status;
}

std::string document_format(const cli::Invocation& invocation) {
  if (invocation.options().is_given("format")) return invocation.text("format");
  const output::FormatDef* const by_name = output::find_format_of_file(invocation.output_file());
  return by_name == nullptr ? "table" : std::string(by_name->name);
}

}  // namespace quarry::etl_report
