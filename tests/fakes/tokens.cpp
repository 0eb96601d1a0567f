#include "tests/fakes/tokens.h"

#include "common/base/base64.h"
#include "common/base/random.h"
#include "tests/fakes/message.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::fakes {
namespace {

std::string claims_of(const Grant& grant, double now) {
  std::string permissions;
  for (const std::string& permission : grant.permissions) {
    if (!permissions.empty()) permissions += grant.of_person ? " " : ",";
    permissions += grant.of_person ? permission : quoted(permission);
  }
  // A token of an app without any role has no roles at all.
  const std::string held = grant.of_person ? fmt::format(",\"scp\":\"{}\"", permissions)
                           : grant.permissions.empty()
                               ? ""
                               : fmt::format(",\"roles\":[{}]", permissions);
  return fmt::format(R"({{"aud":{},"tid":{},"appid":{},"iat":{:.0f},"exp":{:.0f},"jti":"{}"{}}})",
                     quoted(grant.audience), quoted(grant.tenant), quoted(grant.client_id), now,
                     now + grant.seconds, random_guid(), held);
}

}  // namespace

std::string Tokens::issue(const Grant& grant) {
  const double now = clock_.wall();
  const std::string token =
      fmt::format("{}.{}.{}", base64_url(R"({"alg":"RS256","typ":"JWT"})"),
                  base64_url(claims_of(grant, now)), base64_url("signature of a fake"));
  const std::lock_guard lock(mutex_);
  all_.emplace(token, Issued{grant, now + grant.seconds, false});
  return token;
}

TokenVerdict Tokens::check(const std::string& token, const std::string& audience,
                           const std::vector<std::string>& any_of) const {
  const std::lock_guard lock(mutex_);
  const auto found = all_.find(token);
  if (found == all_.end() || found->second.revoked) return TokenVerdict::kUnknown;
  if (found->second.expires <= clock_.wall()) return TokenVerdict::kExpired;
  const Grant& grant = found->second.grant;
  if (grant.audience != audience) return TokenVerdict::kWrongAudience;
  const bool enough =
      any_of.empty() || std::any_of(any_of.begin(), any_of.end(), [&grant](const auto& wanted) {
        return std::find(grant.permissions.begin(), grant.permissions.end(), wanted) !=
               grant.permissions.end();
      });
  return enough ? TokenVerdict::kGood : TokenVerdict::kLacking;
}

void Tokens::revoke_all() {
  const std::lock_guard lock(mutex_);
  for (auto& [token, issued] : all_) issued.revoked = true;
}

std::vector<std::string> Tokens::issued() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (const auto& [token, issued] : all_) all.push_back(token);
  return all;
}

}  // namespace quarry::fakes
