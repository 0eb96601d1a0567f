#include "tools/consent-audit/tenant/excess.h"

#include "common/auth/jwt.h"

#include <algorithm>
#include <string_view>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kDangerous[]{
    "Application.ReadWrite.All",          "DelegatedPermissionGrant.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",    "Policy.ReadWrite.Authorization",
    "RoleManagement.ReadWrite.Directory", "Directory.ReadWrite.All"};

}  // namespace

std::string excess_permissions(auth::Session& session, const std::string& scope) {
  if (session.tokens() == nullptr) return {};
  const Result<Secret> token = session.tokens()->token(scope);
  if (!token) return {};  // the first request tells why
  const auto claims = auth::read_claims(token->reveal());
  std::string names;
  if (!claims) return names;
  for (const std::string& permission : claims->permissions) {
    if (std::find(std::begin(kDangerous), std::end(kDangerous), permission) == std::end(kDangerous))
      continue;
    names += (names.empty() ? "" : ", ") + permission;
  }
  return names;
}

}  // namespace quarry::consent_audit
