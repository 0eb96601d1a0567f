#include "tools/etl-report/scan_input.h"

#include "common/base/text.h"
#include "common/cli/progress.h"
#include "common/output/format.h"
#include "tools/etl-report/recording.h"

#include <fmt/format.h>

#include <atomic>
#include <filesystem>

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

Result<etl::Trace> open(cli::Invocation& invocation, const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return fail(ErrorCode::kData, fmt::format("Cannot find path '{}'", path),
                "name a recording, as New-MpPerformanceRecording makes them");
  }
  return open_recording(invocation, path);
}

}  // namespace

Result<int> read_scans(cli::Invocation& invocation, Nested nested, Recordings& into) {
  int status = 0;
  std::atomic<std::uint64_t> records{0};
  const cli::When progress_wanted =
      invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
  const cli::Progress progress(invocation.streams(), progress_wanted, [&records] {
    return text::with_thousands(records.load()) + " records";
  });
  for (const std::string& path : invocation.arguments()) {
    Result<etl::Trace> trace = open(invocation, path);
    if (!trace) {
      if (trace.error().code() != ErrorCode::kData) return fail(trace.error());
      invocation.diagnostics().add(trace.error(), DiagnosticClass::kData);
      status = exit_status(ErrorCode::kData);
      continue;
    }
    QUARRY_CHECK(add_recording(
        *trace, {.nested = nested, .cancel = &invocation.cancel(), .records = &records}, into));
    if (trace->damaged()) status = exit_status(ErrorCode::kData);
    warn_of_incomplete(invocation, into.facts.back());
  }
  complete(into);
  return status;
}

std::string document_format(const cli::Invocation& invocation) {
  if (invocation.options().is_given("format")) return invocation.text("format");
  const output::FormatDef* const by_name = output::find_format_of_file(invocation.output_file());
  return by_name == nullptr ? "table" : std::string(by_name->name);
}

}  // namespace quarry::etl_report
