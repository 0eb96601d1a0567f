#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.granted) return;
  Level highest = Level::kNone;
  Signal signal{
      .name = "tenant_wide", .level = Level::kMedium, .weight = 8, .why = {}, .evidence = {}};
  NameList names;
  for (const HeldPermission& held : subject.permissions) {
    if (!held.tenant_wide || held.type != PermissionType::kDelegated) continue;
    highest = std::max(highest, held.judgement.tier);
    if (held.judgement.tier < Level::kMedium) continue;
    names.add(held.value);
    add_evidence(signal, held.evidence);
  }
  if (highest < Level::kMedium) return;
  if (highest >= Level::kHigh) signal.level = Level::kCritical;
  signal.why = "on behalf of every user: " + names.text();
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kTenantWideRule{
    .name = "tenant_wide",
    .summary = "delegated access on behalf of every user",
    .text =
        "A grant for all users (OnBehalfOfAll, ConsentType AllPrincipals) reaches every "
        "mailbox and file that any user who signs in can reach. With a high scope it is "
        "critical. IsAdminConsent alone says only who clicked.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
