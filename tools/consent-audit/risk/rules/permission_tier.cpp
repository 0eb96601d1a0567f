#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

using Names = std::array<std::string_view, 5>;
constexpr Names kRoleSignals{"", "app_role_low", "app_role_medium", "app_role_high",
                             "app_role_critical"};
constexpr Names kScopeSignals{"", "scope_low", "scope_medium", "scope_high", "scope_critical"};

void add_tier(const std::vector<HeldPermission>& permissions, PermissionType type,
              std::vector<Signal>& found) {
  Level highest = Level::kNone;
  for (const HeldPermission& held : permissions)
    if (held.type == type) highest = std::max(highest, held.judgement.tier);
  if (highest == Level::kNone) return;
  const bool role = type == PermissionType::kApplication;
  Signal signal{.name = (role ? kRoleSignals : kScopeSignals)[static_cast<std::size_t>(highest)],
                .level = highest,
                .weight = 10,
                .why = {},
                .evidence = {}};
  NameList names;
  for (const HeldPermission& held : permissions) {
    if (held.type != type || held.judgement.tier != highest) continue;
    names.add(held.value);
    add_evidence(signal, held.evidence);
  }
  signal.why =
      fmt::format("{} {}: {}", name_of(highest), role ? "app roles" : "scopes", names.text());
  found.push_back(std::move(signal));
}

void add_unknown(const std::vector<HeldPermission>& permissions, std::vector<Signal>& found) {
  Signal signal{.name = "unknown_permission",
                .level = Level::kMedium,
                .weight = 3,
                .why = {},
                .evidence = {}};
  NameList names;
  for (const HeldPermission& held : permissions) {
    if (held.judgement.known) continue;
    names.add(held.value);
    add_evidence(signal, held.evidence);
  }
  if (names.empty()) return;
  signal.why = "not in the table of permissions: " + names.text();
  found.push_back(std::move(signal));
}

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.granted && !subject.attempted) return;
  if (subject.attempted && !subject.granted) return;  // failed_attempt tells of those
  add_tier(subject.permissions, PermissionType::kApplication, found);
  add_tier(subject.permissions, PermissionType::kDelegated, found);
  add_unknown(subject.permissions, found);
}

}  // namespace

constinit const Rule kPermissionTierRule{
    .name = "permission_tier",
    .summary = "what the permissions allow, the worst of them",
    .text =
        "Every permission has a tier, compiled in and overridable with --permissions FILE. In "
        "this order: sign-in basics are low; acting as the user on a whole API is high, on "
        "Azure resources critical; what leads to control of identities, roles, grants, policy "
        "or device code is critical as an app role, and critical or high as a scope; forms "
        "limited to chosen or owned objects are medium; secrets are high; content of mail, "
        "files, notes and chats is critical as an app role and high as a scope, metadata a "
        "step lower; calendars, contacts and tasks are high as an app role, medium as a "
        "scope; security records medium or high; writes to the directory high, reads medium "
        "or low. A permission that is not in the table counts as medium (unknown_permission).",
    .signals =
        "app_role_critical app_role_high app_role_medium app_role_low scope_critical scope_high "
        "scope_medium scope_low unknown_permission",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
