#include "tools/etl-report/recording.h"

#include "tools/etl-report/defender_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace quarry::etl_report {
namespace {

void tell_problems(cli::Invocation& invocation, const etl::Trace& trace) {
  for (const etl::Problem& problem : trace.problems()) {
    invocation.diagnostics().add({.level = Level::kWarning,
                                  .kind = DiagnosticClass::kData,
                                  .message = etl::describe(problem),
                                  .hint = {},
                                  .where = std::nullopt,
                                  .file = trace.name()});
  }
}

/// The same file, by whatever path.
bool is_one_of(const std::vector<std::string>& seen, const std::string& path) {
  return std::any_of(seen.begin(), seen.end(), [&path](const std::string& one) {
    std::error_code none;
    return std::filesystem::equivalent(one, path, none);
  });
}

}  // namespace

Result<etl::Trace> open_recording(cli::Invocation& invocation, const std::string& path) {
  if (path == "-") {
    return fail(ErrorCode::kUsage, "a recording is read more than once, so not from a pipe",
                "save it in a file");
  }
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    const bool is_pattern = path.find_first_of("*?[") != std::string::npos;
    return fail(ErrorCode::kData, fmt::format("Cannot find path '{}'", path),
                is_pattern
                    ? "no file fits the pattern, or it stands in quotes, where the shell does "
                      "not fill it in"
                    : "name a recording, as New-MpPerformanceRecording, wpr or logman make them");
  }
  QUARRY_TRY(etl::Trace trace, etl::Trace::open(path, {.cancel = &invocation.cancel()}));
  if (invocation.options().is_declared("manifest")) {
    for (const std::string& manifest : invocation.list("manifest"))
      QUARRY_CHECK(trace.schemas().add_manifest_file(manifest));
  }
  add_defender_layouts(trace.schemas());
  tell_problems(invocation, trace);
  return trace;
}

Result<int> for_each_recording(cli::Invocation& invocation,
                               const std::function<Result<void>(etl::Trace& trace)>& work,
                               Twice twice) {
  int status = 0;
  std::vector<std::string> seen;
  for (const std::string& path : invocation.arguments()) {
    if (twice == Twice::kCountsOnce && is_one_of(seen, path)) {
      Diagnostic warning;
      warning.level = Level::kWarning;
      warning.kind = DiagnosticClass::kUsage;
      warning.message = "is named twice: its events count once";
      warning.file = path;
      invocation.diagnostics().add(std::move(warning));
      continue;
    }
    seen.push_back(path);
    Result<etl::Trace> trace = open_recording(invocation, path);
    const Result<void> done = trace ? work(*trace) : fail(trace.error());
    if (!done) {
      if (done.error().code() != ErrorCode::kData) return fail(done.error());
      invocation.diagnostics().add(done.error(), DiagnosticClass::kData);
    }
    if (!done || trace->damaged()) status = exit_status(ErrorCode::kData);
  }
  return status;
}

}  // namespace quarry::etl_report
