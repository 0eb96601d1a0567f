#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

constexpr std::int64_t kFreshDays = 90;
constexpr std::int64_t kOldDays = 365;
constexpr std::int64_t kLongDays = 2 * 366;

/// Credentials that an application of the tenant has now. Fresh: beside the newest instant that is
/// known of the application, so that saved answers are judged the same whenever they are read.
void judge_stored(const Subject& subject, const RiskSettings& settings,
                  std::vector<Signal>& found) {
  const TenantFacts& tenant = *subject.tenant;
  for (const Credential& credential : tenant.credentials) {
    if (!credential.start || *credential.start > settings.now) continue;
    const std::int64_t age = settings.now.ticks - credential.start->ticks;
    const bool old_app =
        tenant.created && credential.start->ticks - tenant.created->ticks > kOldDays * kTicksPerDay;
    if (old_app && age < kFreshDays * kTicksPerDay &&
        highest_tier(subject.permissions) >= Level::kHigh) {
      Signal signal{.name = "fresh_credential_on_old_app",
                    .level = Level::kHigh,
                    .weight = 8,
                    .why = {},
                    .evidence = {}};
      signal.why = fmt::format("{} {} was added long after the application, not long ago",
                               credential.is_password ? "secret" : "key", shown(credential.name));
      add_evidence(signal, credential.evidence);
      found.push_back(std::move(signal));
    }
    if (!credential.is_password || !credential.end) continue;
    if (credential.end->ticks - credential.start->ticks <= kLongDays * kTicksPerDay) continue;
    Signal signal{.name = "long_lived_secret",
                  .level = Level::kMedium,
                  .weight = 4,
                  .why = {},
                  .evidence = {}};
    signal.why = fmt::format("secret {} lives {} days", shown(credential.name),
                             (credential.end->ticks - credential.start->ticks) / kTicksPerDay);
    add_evidence(signal, credential.evidence);
    found.push_back(std::move(signal));
  }
}

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  if (subject.credential_added) {
    Signal signal{.name = "credential_added",
                  .level = Level::kMedium,
                  .weight = 6,
                  .why = "a key or secret was added",
                  .evidence = {}};
    add_places(signal, subject);
    found.push_back(std::move(signal));
  }
  if (subject.history && subject.granted && !subject.history->credentials_after.empty()) {
    Signal signal{.name = "credential_after_consent",
                  .level = subject.history->credentials_by_other ? Level::kHigh : Level::kMedium,
                  .weight = 7,
                  .why = "a key or secret was added after the consent",
                  .evidence = subject.history->credentials_after};
    if (subject.history->credentials_by_other) signal.why += ", by somebody else";
    found.push_back(std::move(signal));
  }
  if (subject.tenant) judge_stored(subject, settings, found);
}

}  // namespace

constinit const Rule kCredentialAddedRule{
    .name = "credential_added",
    .summary = "a key or secret was added",
    .text =
        "With a secret of his own an attacker signs in as the application, without a user, "
        "from anywhere. After a consent (credential_after_consent) it turns a grant into "
        "lasting access, worse by another actor. In a tenant: a fresh secret on an old "
        "application (fresh_credential_on_old_app) is how applications with great permissions "
        "are taken over; one that lives for years (long_lived_secret) is a door left open.",
    .signals =
        "credential_added credential_after_consent fresh_credential_on_old_app long_lived_secret",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
