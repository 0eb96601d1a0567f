#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

constexpr std::int64_t kLongDays = 2 * 366;

/// Secrets that an application of the tenant has now.
void judge_stored(const TenantFacts& tenant, const RiskSettings& settings,
                  std::vector<Signal>& found) {
  for (const Credential& credential : tenant.credentials) {
    if (!credential.start || *credential.start > settings.now) continue;
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
  if (subject.tenant) judge_stored(*subject.tenant, settings, found);
}

}  // namespace

constinit const Rule kCredentialAddedRule{
    .name = "credential_added",
    .summary = "a key or secret was added",
    .text =
        "With a secret of his own an attacker signs in as the application, without a user, "
        "from anywhere. After a consent (credential_after_consent) it turns a grant into "
        "lasting access, worse by another actor. In a tenant: a secret that lives for "
        "years (long_lived_secret) is a door left open.",
    .signals = "credential_added credential_after_consent long_lived_secret",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
