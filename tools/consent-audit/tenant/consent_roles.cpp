#include "tools/consent-audit/tenant/consent_roles.h"

#include "common/base/text.h"

namespace quarry::consent_audit {
namespace {

/// Entra ID: built-in roles.
constexpr ConsentRole kRoles[]{
    {"62e90394-69f5-4237-9190-012177145e10", "Global Administrator"},
    {"e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"},
    {"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator"},
    {"158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator"},
};

}  // namespace

std::span<const ConsentRole> consent_roles() { return kRoles; }

std::string_view name_of_consent_role(std::string_view id) {
  for (const ConsentRole& role : kRoles)
    if (text::iequals_ascii(role.id, id)) return role.name;
  return {};
}

}  // namespace quarry::consent_audit
