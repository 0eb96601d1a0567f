#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.tenant) return;
  const TenantFacts& tenant = *subject.tenant;
  if (tenant.disabled_by_microsoft)
    found.push_back({.name = "disabled_by_microsoft",
                     .level = Level::kHigh,
                     .weight = 9,
                     .why = "Microsoft disabled it for breaking its terms",
                     .evidence = {tenant.evidence}});
  if (!tenant.enabled)
    found.push_back({.name = "sign_in_blocked",
                     .level = Level::kNone,
                     .weight = -4,
                     .why = subject.permissions.empty()
                                ? "sign-in is blocked"
                                : "sign-in is blocked, its grants are still there",
                     .evidence = {tenant.evidence}});
  if (tenant.managed_identity)
    found.push_back({.name = "managed_identity",
                     .level = Level::kNone,
                     .weight = 0,
                     .why = "a managed identity, of a machine or service of this tenant",
                     .evidence = {tenant.evidence}});
}

}  // namespace

constinit const Rule kDisabledByMicrosoftRule{
    .name = "disabled_by_microsoft",
    .summary = "what has been done about it already",
    .text =
        "Microsoft disabled the application for breaking its terms (disabled_by_microsoft): "
        "somebody else was its victim. Sign-in may be blocked here already while grants are "
        "still there (sign_in_blocked). A managed identity (managed_identity) belongs to a "
        "machine or service of the tenant; it is changed where that is configured.",
    .signals = "disabled_by_microsoft sign_in_blocked managed_identity",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
