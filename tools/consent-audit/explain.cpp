#include "tools/consent-audit/explain.h"

#include "common/base/unicode.h"
#include "common/cli/fold.h"
#include "common/cli/result_output.h"
#include "common/time/format.h"
#include "tools/consent-audit/report/finding_rows.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kWidth = 78;

void add_line(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out += fmt::format("  {:<12}{}\n", name, unicode::escape_for_terminal(value));
}

std::string finding_text(const Finding& finding) {
  std::string out = fmt::format("{}: {} risk, score {}\n", finding.id,
                                name_of(finding.verdict.risk), finding.verdict.score);
  add_line(out, "time", finding.time ? to_string(*finding.time) : "");
  add_line(out, "application", finding.app_name);
  add_line(out, "app id", finding.app_id);
  add_line(out, "object id", finding.sp_id);
  add_line(out, "actor", finding.actor);
  add_line(out, "address", finding.ip);
  add_line(out, "what", gist_of(finding));
  add_line(out, "rows", fmt::format("{}", fmt::join(finding.rows, " ")));
  out += "\nThe risk is the highest level below; the rest raises the score within it.\n";
  for (const Signal& signal : finding.verdict.signals) {
    out +=
        fmt::format("\n{} ({}, weight {:+})\n", signal.name, name_of(signal.level), signal.weight);
    out += cli::fold(signal.why, 2, kWidth);
    if (!signal.evidence.empty())
      out += cli::fold(fmt::format("evidence: {}", fmt::join(signal.evidence, " ")), 2, kWidth);
    if (const Rule* const rule = find_rule(signal.name)) out += cli::fold(rule->text, 4, kWidth);
  }
  return out;
}

}  // namespace

std::string rule_text(const Rule& rule) {
  std::string out =
      fmt::format("{}: {}\n\n{}", rule.name, rule.summary, cli::fold(rule.text, 2, kWidth));
  if (!rule.signals.empty()) out += fmt::format("\n  signals: {}\n", rule.signals);
  return out;
}

Result<void> explain_finding(const cli::Invocation& invocation, const FindingSet& findings,
                             const std::string& id) {
  std::string text;
  QUARRY_CHECK(findings.for_each([&](const Finding& finding) -> Result<void> {
    if (finding.id == id) text += (text.empty() ? "" : "\n") + finding_text(finding);
    return ok();
  }));
  if (text.empty()) {
    return fail(ErrorCode::kUsage, fmt::format("no finding and no signal is called '{}'", id),
                "findings have an id in their rows; consent-audit rules lists the signals");
  }
  QUARRY_CHECK(cli::show_text(invocation, text));
  return ok();
}

}  // namespace quarry::consent_audit
