#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  if (!settings.hours || !subject.time || !subject.granted) return;
  if (!subject.admin && !subject.tenant_wide) return;
  const std::int64_t days = subject.time->ticks / kTicksPerDay;  // since 0001-01-01, a Monday
  const std::int64_t minute = subject.time->ticks % kTicksPerDay / kTicksPerMinute;
  const bool weekend = days % 7 >= 5;
  const bool inside = minute >= settings.hours->from.count() && minute < settings.hours->to.count();
  if (!weekend && inside) return;
  Signal signal{.name = "admin_outside_hours",
                .level = Level::kMedium,
                .weight = 5,
                .why = {},
                .evidence = {}};
  signal.why = weekend ? "an administrator's consent at the weekend"
                       : fmt::format("an administrator's consent at {:02}:{:02} UTC", minute / 60,
                                     minute % 60);
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kAdminOutsideHoursRule{
    .name = "admin_outside_hours",
    .summary = "an administrator consents when administrators sleep",
    .text =
        "Only with --business-hours HH:MM-HH:MM (UTC, Monday to Friday): consent by an "
        "administrator, or for everybody, outside of them.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
