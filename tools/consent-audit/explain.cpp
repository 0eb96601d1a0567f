#include "tools/consent-audit/explain.h"

#include "common/base/text.h"
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

void add_reasons(std::string& out, const Verdict& verdict) {
  out += "\nThe risk is the highest level below; the rest raises the score within it.\n";
  for (const Signal& signal : verdict.signals) {
    out +=
        fmt::format("\n{} ({}, weight {:+})\n", signal.name, name_of(signal.level), signal.weight);
    out += cli::fold(signal.why, 2, kWidth);
    if (!signal.evidence.empty())
      out += cli::fold(fmt::format("evidence: {}", fmt::join(signal.evidence, " ")), 2, kWidth);
    if (const Rule* const rule = find_rule(signal.name)) out += cli::fold(rule->text, 4, kWidth);
  }
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
  add_reasons(out, finding.verdict);
  return out;
}

std::string app_text(const TenantApp& app) {
  std::string out = fmt::format("{}: {} risk, score {}\n", app.sp_id, name_of(app.verdict.risk),
                                app.verdict.score);
  if (app.principal != nullptr) {
    add_line(out, "application", app.principal->name);
    add_line(out, "app id", app.principal->app_id);
    add_line(out, "publisher", app.principal->publisher);
    add_line(out, "owner", app.principal->owner_tenant);
  }
  add_line(out, "app roles", fmt::format("{}", fmt::join(app.app_roles, " ")));
  add_line(out, "scopes", fmt::format("{}", fmt::join(app.scopes, " ")));
  add_line(out, "users", fmt::format("{}", fmt::join(app.users, " ")));
  add_reasons(out, app.verdict);
  return out;
}

bool is_called(const TenantApp& app, const std::string& wanted) {
  const std::string id = text::lower_ascii(wanted);
  if (app.sp_id == id) return true;
  return app.principal != nullptr && (app.principal->app_id == id || app.principal->name == wanted);
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

Result<void> explain_app(const cli::Invocation& invocation, const std::vector<TenantApp>& apps,
                         const std::string& wanted) {
  std::string text;
  for (const TenantApp& app : apps)
    if (is_called(app, wanted)) text += (text.empty() ? "" : "\n") + app_text(app);
  if (text.empty())
    return fail(ErrorCode::kUsage,
                fmt::format("no application here and no signal is called '{}'", wanted),
                "the columns sp_id, app_id and name call applications; consent-audit rules lists "
                "the signals");
  QUARRY_CHECK(cli::show_text(invocation, text));
  return ok();
}

}  // namespace quarry::consent_audit
