// consent-audit events [FILE…]: what was consented, by whom, how bad.
#include "common/base/clock.h"
#include "common/cli/result_output.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/explain.h"
#include "tools/consent-audit/findings/finding_set.h"
#include "tools/consent-audit/read_logs.h"
#include "tools/consent-audit/report/audit_rows.h"
#include "tools/consent-audit/report/case_report.h"
#include "tools/consent-audit/report/finding_rows.h"
#include "tools/consent-audit/risk_options.h"

#include <fmt/format.h>

#include <unordered_map>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kBatchRows = 1024;

/// --rows: each row is judged as if it were alone.
class RowPrinter {
 public:
  RowPrinter(const AuditInput& input, const RiskSettings& settings, Level least,
             const Schema& schema, BatchSink& sink)
      : input_(input),
        settings_(settings),
        least_(least),
        sink_(sink),
        batch_(schema),
        builder_(alone_, nullptr, nullptr, input.names(), settings) {}

  Result<void> take(std::vector<PlacedRow>& rows) {
    for (const PlacedRow& placed : rows) {
      const Verdict verdict = judge_alone(placed);
      worst_ = std::max(worst_, verdict.risk);
      if (verdict.risk < least_) continue;
      append_audit_row(batch_, placed, input_.names()[placed.place.input], verdict,
                       duplicate_of(placed));
      ++count_;
      if (batch_.rows() == kBatchRows) QUARRY_CHECK(flush());
    }
    return ok();
  }
  Result<void> flush() { return batch_.rows() == 0 ? ok() : sink_.write(batch_.finish()); }
  Level worst() const { return worst_; }
  std::uint64_t count() const { return count_; }

 private:
  Verdict judge_alone(const PlacedRow& placed) {
    if (!matters(placed.row.kind)) return {};
    alone_.clear();
    alone_.add(placed);
    constexpr std::uint32_t kOnly[]{0};
    return builder_.build(kOnly).verdict;
  }

  std::string duplicate_of(const PlacedRow& placed) {
    if (placed.row.row_id.empty() || !matters(placed.row.kind)) return {};
    const auto [first, is_new] =
        met_.emplace(std::hash<std::string>()(placed.row.row_id), placed.place);
    if (is_new) return {};
    return fmt::format("{}:{}", input_.names()[first->second.input], first->second.line);
  }

  const AuditInput& input_;
  const RiskSettings& settings_;
  Level least_;
  BatchSink& sink_;
  RecordBatch batch_;
  EventStore alone_;
  FindingBuilder builder_;
  std::unordered_map<std::size_t, Place> met_;  // by hash of the row's id
  Level worst_ = Level::kNone;
  std::uint64_t count_ = 0;
};

int status_of(const cli::Invocation& invocation, int status, bool failed, std::uint64_t count) {
  if (status != 0) return status;
  return failed || (count == 0 && invocation.flag("exit-status")) ? 1 : 0;
}

Result<int> print_rows(cli::Invocation& invocation, const RiskSettings& settings,
                       std::optional<Level> fail_on) {
  const double started = monotonic_seconds();
  QUARRY_TRY(const auto input, open_logs(invocation, Others::kRead));
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, looks));
  const Level least = invocation.options().is_given("min-risk")
                          ? parse_level(invocation.text("min-risk")).value_or(Level::kNone)
                          : Level::kNone;
  const Schema schema = for_format(audit_row_schema(), invocation.format());
  RowPrinter printer(*input, settings, least, schema, output->rows());
  QUARRY_CHECK(output->rows().begin(schema, "ConsentRows"));
  int status = 0;
  QUARRY_TRY(const AuditReport report,
             read_logs(
                 invocation, *input, [&](auto& rows) { return printer.take(rows); }, status));
  QUARRY_CHECK(printer.flush());
  QUARRY_CHECK(output->rows().end());
  QUARRY_CHECK(output->finish());
  QUARRY_CHECK(output->commit());
  tell_footer(invocation, report, printer.count(), monotonic_seconds() - started);
  return status_of(invocation, status, fail_on && printer.worst() >= *fail_on, printer.count());
}

/// Formats that show findings one a row.
Result<void> write_rows(cli::Invocation& invocation, const FindingSet& findings, bool brief,
                        std::uint64_t& count) {
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, looks));
  const Schema schema = for_format(brief ? short_schema() : finding_schema(), invocation.format());
  RecordBatch batch(schema);
  QUARRY_CHECK(output->rows().begin(schema, "ConsentFindings"));
  QUARRY_CHECK(findings.for_each([&](const Finding& finding) -> Result<void> {
    brief ? append_short(batch, finding) : append_finding(batch, finding);
    ++count;
    if (batch.rows() < kBatchRows) return ok();
    if (const auto stopped = invocation.cancel().error()) return fail(*stopped);
    return output->rows().write(batch.finish());
  }));
  if (batch.rows() > 0) QUARRY_CHECK(output->rows().write(batch.finish()));
  QUARRY_CHECK(output->rows().end());
  QUARRY_CHECK(output->finish());
  return output->commit();
}

Result<int> print_findings(cli::Invocation& invocation, const RiskSettings& settings,
                           std::optional<Level> fail_on) {
  const double started = monotonic_seconds();
  QUARRY_TRY(const auto input, open_logs(invocation, Others::kSkipped));
  FindingSet findings(input->names(), settings,
                      parse_level(invocation.text("min-risk")).value_or(Level::kLow));
  int status = 0;
  QUARRY_TRY(const AuditReport report,
             read_logs(
                 invocation, *input, [&](auto& rows) { return findings.add(rows); }, status));
  findings.finish();
  if (!invocation.text("explain").empty()) {
    QUARRY_CHECK(explain_finding(invocation, findings, invocation.text("explain")));
    return status;
  }
  const std::string format = invocation.format();
  std::uint64_t count = 0;
  if (format == "html" || format == "markdown") {
    QUARRY_CHECK(cli::show_text(invocation, case_report(findings, report, format)));
    count = findings.size();
  } else {
    QUARRY_CHECK(write_rows(invocation, findings, format == "table", count));
  }
  tell_footer(invocation, report, count, monotonic_seconds() - started);
  return status_of(invocation, status, fail_on && findings.worst() >= *fail_on, count);
}

}  // namespace

Result<int> events_command(cli::Invocation& invocation) {
  const std::string& explained = invocation.text("explain");
  if (const Rule* const rule = explained.empty() ? nullptr : find_rule(explained))
    return cli::show_text(invocation, rule_text(*rule));
  QUARRY_TRY(const RiskSettings settings, read_risk_settings(invocation));
  QUARRY_TRY(const std::optional<Level> fail_on, read_level(invocation, "fail-on"));
  return invocation.flag("rows") ? print_rows(invocation, settings, fail_on)
                                 : print_findings(invocation, settings, fail_on);
}

}  // namespace quarry::consent_audit
