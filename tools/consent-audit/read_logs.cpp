#include "tools/consent-audit/read_logs.h"

#include "common/base/clock.h"
#include "common/base/text.h"
#include "common/base/thread_pool.h"
#include "common/cli/footer.h"
#include "common/cli/progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace quarry::consent_audit {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr OptionDef kLog[]{
    {.name = "threads",
     .metavar = "N",
     .help = "Read on N threads; without it on all cores of this process",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_THREADS",
     .key = "threads"},
    {.name = "max-line",
     .metavar = "SIZE",
     .help = "A longer line is a bad line",
     .kind = OptionKind::kValue,
     .key = "max_line",
     .default_text = "16MiB"},
    {.name = "strict", .help = "Stop at the first bad line (3)", .key = "strict"},
};

/// No row is not the same as no finding: whoever runs this every hour must hear of it.
void tell_nothing_judged(cli::Invocation& invocation, const AuditReport& report) {
  const bool standard_input = invocation.arguments().empty();
  invocation.diagnostics().add(
      Error(ErrorCode::kData,
            fmt::format("nothing was judged: there is no audit row {}",
                        standard_input      ? std::string("on standard input")
                        : report.files == 1 ? "in " + invocation.arguments()[0]
                                            : fmt::format("in {} files", report.files)),
            "an empty log is not a clean one: look at what writes it. Directory audits, AuditLogs, "
            "the unified audit log and CloudAppEvents are read"),
      DiagnosticClass::kData);
}

}  // namespace

const config::OptionTable kLogOptions{"Reading", kLog};

Result<std::unique_ptr<AuditInput>> open_logs(cli::Invocation& invocation, Others others) {
  if (invocation.arguments().empty() && invocation.streams().stdin_is_terminal) {
    return fail(ErrorCode::kUsage, "standard input is a terminal",
                "pipe an audit log into consent-audit, or name files");
  }
  AuditInputOptions options{.others = others, .strict = invocation.flag("strict")};
  QUARRY_TRY(const auto threads, invocation.options().number("threads"));
  QUARRY_TRY(const auto max_line, invocation.options().size("max-line"));
  options.threads =
      threads ? static_cast<int>(std::clamp<std::uint64_t>(*threads, 1, 256)) : usable_cores();
  options.max_line = max_line.value_or(options.max_line);
  return std::make_unique<AuditInput>(invocation.arguments(), options, invocation.cancel(),
                                      invocation.diagnostics());
}

Result<AuditReport> read_logs(cli::Invocation& invocation, AuditInput& input,
                              const AuditInput::Take& take, int& status) {
  const cli::When wanted =
      invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
  cli::Progress progress(invocation.streams(), wanted, [&input] {
    return fmt::format("{} read", text::human_bytes(input.bytes_so_far()));
  });
  QUARRY_TRY(const AuditReport report, input.run(take));
  progress.stop();
  if (report.rows == 0) tell_nothing_judged(invocation, report);
  if (report.failed_inputs > 0 || report.bad_lines > 0 || report.is_cut_off || report.rows == 0 ||
      report.empty_inputs > 0)
    status = exit_status(ErrorCode::kData);
  return report;
}

void tell_footer(cli::Invocation& invocation, const AuditReport& report, std::uint64_t rows,
                 double seconds) {
  if (invocation.flag("quiet")) return;
  if (!invocation.streams().stdout_is_terminal || !invocation.streams().stderr_is_terminal) {
    if (rows > 0 || report.rows == 0) return;
    Diagnostic note;
    note.level = quarry::Level::kNote;
    note.message =
        fmt::format("{} audit rows judged, no finding", text::with_thousands(report.rows));
    invocation.diagnostics().add(std::move(note));
    return;
  }
  const std::string text = cli::footer_text({.rows = rows,
                                             .files = report.files,
                                             .bytes_read = report.bytes,
                                             .seconds = seconds,
                                             .lines_skipped = report.bad_lines});
  fmt::print(stderr, "{} · {} audit rows\n", text, text::with_thousands(report.rows));
}

}  // namespace quarry::consent_audit
