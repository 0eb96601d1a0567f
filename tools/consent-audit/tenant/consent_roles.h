// Directory roles whose holders can consent for everybody, or make themselves such a holder.
#pragma once

#include <span>
#include <string_view>

namespace quarry::consent_audit {

struct ConsentRole {
  std::string_view id;  // of the role's template, the same in every tenant
  std::string_view name;
};
std::span<const ConsentRole> consent_roles();
/// "" where it is none of them.
std::string_view name_of_consent_role(std::string_view id);

}  // namespace quarry::consent_audit
