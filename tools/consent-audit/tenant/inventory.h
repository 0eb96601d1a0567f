// What each application of a tenant holds now, judged like consents are.
#pragma once

#include "tools/consent-audit/risk/rule.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <string>
#include <vector>

namespace quarry::consent_audit {

struct TenantApp {
  const ServicePrincipal* principal = nullptr;  // of the tenant; may be null: deleted, or not saved
  std::string sp_id;
  std::vector<const OAuthGrant*> grants;
  std::vector<const RoleAssignment*> roles;        // that it holds at APIs
  std::vector<const RoleAssignment*> assignments;  // of users and groups to it
  std::vector<std::string> scopes;                 // sets
  std::vector<std::string> app_roles;
  std::vector<std::string> users;  // names; who gave grants or is assigned
  bool tenant_wide = false;
  Verdict verdict;
};

/// Applications that hold something, or that Microsoft disabled; the gravest first.
std::vector<TenantApp> take_inventory(const Tenant& tenant, const RiskSettings& settings);
/// Of one application.
TenantApp look_at(const Tenant& tenant, const std::string& sp_id, const RiskSettings& settings);

}  // namespace quarry::consent_audit
