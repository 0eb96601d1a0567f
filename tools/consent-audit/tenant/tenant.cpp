#include "tools/consent-audit/tenant/tenant.h"

#include "tools/consent-audit/facts/permissions.h"

namespace quarry::consent_audit {

const ServicePrincipal* Tenant::find(const std::string& object_id) const {
  const auto found = service_principals.find(object_id);
  return found == service_principals.end() ? nullptr : &found->second;
}

const ServicePrincipal* Tenant::find_app(std::string_view app_id) const {
  for (const auto& [key, principal] : service_principals)
    if (principal.app_id == app_id) return &principal;
  return nullptr;
}

std::string Tenant::user_name(const std::string& user_id) const {
  const auto found = users.find(user_id);
  return found == users.end() || found->second.name.empty() ? user_id : found->second.name;
}

std::string Tenant::role_name(const RoleAssignment& assignment) const {
  if (const ServicePrincipal* const resource = find(assignment.resource_id)) {
    for (const auto& [role_id, value] : resource->roles)
      if (role_id == assignment.role_id && !value.empty()) return value;
  }
  const PermissionFact* const fact = fact_of_role(assignment.role_id);
  return fact != nullptr ? std::string(fact->value) : assignment.role_id;
}

}  // namespace quarry::consent_audit
