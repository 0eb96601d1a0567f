#include "tools/consent-audit/respond/user_consent_step.h"

#include "common/base/text.h"
#include "common/json/object_writer.h"
#include "tools/consent-audit/report/record_batch.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kPath = "/v1.0/policies/authorizationPolicy";
constexpr std::string_view kLowPolicy = "ManagePermissionGrantsForSelf.microsoft-user-default-low";

/// A PATCH replaces the list whole.
std::string body_of(const std::vector<std::string>& assigned) {
  json::ObjectWriter role;
  role.raw("permissionGrantPoliciesAssigned", json_array(assigned));
  json::ObjectWriter body;
  body.raw("defaultUserRolePermissions", role.take());
  return body.take();
}

/// Entries about what owners of groups and chats may give are none of ours.
bool is_kept(const std::string& entry) {
  return text::lower_ascii(entry).starts_with("managepermissiongrantsforownedresource.");
}

}  // namespace

Result<std::optional<UserConsentChange>> plan_user_consent(const Tenant& tenant,
                                                           UserConsent wanted) {
  if (tenant.policies.empty())
    return fail(ErrorCode::kData, "no answer holds the authorization policy",
                "save GET /policies/authorizationPolicy, or leave out --from to ask the tenant");
  const std::vector<std::string>& now = tenant.policies.front().assigned;
  for (const SavedPolicy& other : tenant.policies) {
    if (other.assigned != now)
      return fail(Error(ErrorCode::kData,
                        "the answers hold several authorization policies that differ",
                        "leave the one that is in force in the folder")
                      .at(other.source));
  }
  const ConsentChoice choice = read_choice(now);
  if (choice.choice <= wanted && !choice.mail_clients) return std::optional<UserConsentChange>();
  std::vector<std::string> then;
  std::copy_if(now.begin(), now.end(), std::back_inserter(then), is_kept);
  if (wanted == UserConsent::kLow) then.emplace_back(kLowPolicy);
  UserConsentChange change{
      .what = wanted == UserConsent::kOff
                  ? "let users consent to nothing"
                  : "let users consent only to verified publishers and low-impact permissions",
      .call = {.method = "PATCH",
               .path = std::string(kPath),
               .body = body_of(then),
               .state_path = std::string(kPath)},
      .before = body_of(now),
      .back = {}};
  change.back = change.call;
  change.back.body = change.before;
  return std::optional(std::move(change));
}

}  // namespace quarry::consent_audit
