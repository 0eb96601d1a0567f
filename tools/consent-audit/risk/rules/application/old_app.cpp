#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

constexpr std::int64_t kFreshDays = 90;
constexpr std::int64_t kOldDays = 365;

/// Long after the application, not long ago. Ages are beside the newest instant that is known of
/// the tenant, so that saved answers are judged the same whenever they are read.
bool is_late(const TenantFacts& tenant, const std::optional<Datetime>& added,
             const RiskSettings& settings) {
  if (!tenant.created || !added || *added > settings.now) return false;
  return added->ticks - tenant.created->ticks > kOldDays * kTicksPerDay &&
         settings.now.ticks - added->ticks < kFreshDays * kTicksPerDay;
}

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  if (!subject.tenant) return;
  const TenantFacts& tenant = *subject.tenant;
  const auto add = [&found](std::string_view name, std::string why, const std::string& evidence) {
    Signal signal{.name = name, .level = Level::kHigh, .weight = 8, .why = {}, .evidence = {}};
    signal.why = std::move(why);
    add_evidence(signal, evidence);
    found.push_back(std::move(signal));
  };
  if (highest_tier(subject.permissions) < Level::kHigh) return;
  for (const Credential& credential : tenant.credentials) {
    if (!is_late(tenant, credential.start, settings)) continue;
    add("fresh_credential_on_old_app",
        fmt::format("{} {} was added long after the application, not long ago",
                    credential.is_password ? "secret" : "key", shown(credential.name)),
        credential.evidence);
  }
  if (is_first_party(subject)) return;
  for (const HeldPermission& held : subject.permissions) {
    if (held.judgement.tier < Level::kHigh || !is_late(tenant, held.since, settings)) continue;
    add("fresh_role_on_old_app",
        fmt::format("app role {} was given long after the application was made, not long ago",
                    shown(held.value)),
        held.evidence);
  }
}

}  // namespace

constinit const Rule kOldAppWakesRule{
    .name = "old_app_wakes",
    .summary = "an old application gets a new secret or a new app role",
    .text =
        "Nobody looks at applications that have been there for a year. A fresh secret "
        "(fresh_credential_on_old_app) or a fresh app role (fresh_role_on_old_app), less than 90 "
        "days old, on one with high permissions is how such applications are taken over: ask its "
        "owners.",
    .signals = "fresh_credential_on_old_app fresh_role_on_old_app",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
