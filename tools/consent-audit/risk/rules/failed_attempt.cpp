#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (subject.granted || !subject.attempted) return;
  const bool blocked = !subject.blocked_reason.empty();
  Signal signal{.name = blocked ? "blocked_as_risky" : "failed_attempt",
                .level = Level::kLow,
                .weight = 5,
                .why = {},
                .evidence = {}};
  if (blocked && highest_tier(subject.permissions) >= Level::kHigh) signal.level = Level::kMedium;
  NameList names;
  for (const HeldPermission& held : subject.permissions) names.add(held.value);
  signal.why = blocked ? fmt::format("blocked: {}", shown(subject.blocked_reason)) : "failed";
  if (!names.empty()) signal.why += ", asked for " + names.text();
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kFailedAttemptRule{
    .name = "failed_attempt",
    .summary = "somebody tried, and got nothing",
    .text =
        "A failed consent gives nothing, and tells of an attempt: a user clicked on "
        "something. Blocked as risky (blocked_as_risky) with high permissions asked for it is "
        "medium, else low. Racing requests leave failures beside a success, which mean "
        "nothing.",
    .signals = "failed_attempt blocked_as_risky",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
