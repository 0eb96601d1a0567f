#include "tools/consent-audit/tenant/answer_readers.h"

#include "common/base/text.h"
#include "common/time/parse.h"
#include "tools/consent-audit/tenant/consent_roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::consent_audit {
namespace {

using json::Node;

std::string text(const Node& object, std::string_view key) {
  return std::string(object.find(key).as_string().value_or(""));
}
std::optional<Datetime> instant(Tenant& tenant, const Node& object, std::string_view key) {
  const auto time = parse_datetime(object.find(key).as_string().value_or(""));
  return time ? (tenant.newest = std::max(tenant.newest, *time), time) : time;
}
std::vector<std::string> texts(const Node& list) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (const auto value = list[i].as_string()) values.emplace_back(*value);
  return values;
}

void add_credentials(Tenant& tenant, const Node& list, bool is_password,
                     const std::string& evidence, std::vector<Credential>& credentials) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    Credential credential{
        .name = text(list[i], "displayName"), .is_password = is_password, .evidence = evidence};
    credential.key_id = text(list[i], "keyId");
    if (credential.name.empty()) credential.name = credential.key_id;
    credential.start = parse_datetime(text(list[i], "startDateTime"));
    credential.end = parse_datetime(text(list[i], "endDateTime"));
    if (credential.start) tenant.newest = std::max(tenant.newest, *credential.start);
    credentials.push_back(std::move(credential));
  }
}

void add_service_principal(Tenant& tenant, const Node& object, const std::string&) {
  ServicePrincipal principal{
      .id = id_text(object, "id"),
      .app_id = id_text(object, "appId"),
      .name = text(object, "displayName"),
      .owner_tenant = id_text(object, "appOwnerOrganizationId"),
      .type = text(object, "servicePrincipalType"),
      .publisher_id = text(object.find("verifiedPublisher"), "verifiedPublisherId"),
      .publisher = text(object.find("verifiedPublisher"), "displayName"),
      .disabled_by_microsoft = text(object, "disabledByMicrosoftStatus"),
      .notes = text(object, "notes"),
      .enabled = object.find("accountEnabled").as_bool().value_or(true),
      .assignment_required = object.find("appRoleAssignmentRequired").as_bool().value_or(false),
      .created = instant(tenant, object, "createdDateTime"),
      .reply_urls = texts(object.find("replyUrls")),
      .tags = texts(object.find("tags")),
      .credentials = {},
      .roles = {}};
  const std::string evidence = "servicePrincipals/" + principal.id;
  add_credentials(tenant, object.find("passwordCredentials"), true, evidence,
                  principal.credentials);
  add_credentials(tenant, object.find("keyCredentials"), false, evidence, principal.credentials);
  const Node roles = object.find("appRoles");
  for (std::size_t i = 0; i < roles.size(); ++i)
    principal.roles.emplace_back(id_text(roles[i], "id"), text(roles[i], "value"));
  std::string key = principal.id;
  tenant.service_principals.insert_or_assign(std::move(key), std::move(principal));
}

void add_grant(Tenant& tenant, const Node& object, const std::string&) {
  OAuthGrant grant{.id = text(object, "id"),
                   .client_id = id_text(object, "clientId"),
                   .consent_type = text(object, "consentType"),
                   .principal_id = id_text(object, "principalId"),
                   .resource_id = id_text(object, "resourceId"),
                   .scope = text(object, "scope")};
  std::string key = grant.id;
  tenant.grants.insert_or_assign(std::move(key), std::move(grant));
}

void add_assignment(Tenant& tenant, const Node& object, const std::string&) {
  RoleAssignment assignment{.id = text(object, "id"),
                            .role_id = id_text(object, "appRoleId"),
                            .principal_id = id_text(object, "principalId"),
                            .principal_name = text(object, "principalDisplayName"),
                            .principal_type = text(object, "principalType"),
                            .resource_id = id_text(object, "resourceId"),
                            .resource_name = text(object, "resourceDisplayName"),
                            .created = instant(tenant, object, "createdDateTime")};
  std::string key = assignment.id;
  tenant.assignments.insert_or_assign(std::move(key), std::move(assignment));
}

void add_user(Tenant& tenant, const Node& object, const std::string&) {
  TenantUser user{.id = id_text(object, "id"), .name = text(object, "userPrincipalName")};
  std::string key = user.id;
  tenant.users.insert_or_assign(std::move(key), std::move(user));
}

void add_organization(Tenant& tenant, const Node& object, const std::string&) {
  tenant.id = id_text(object, "id");
  tenant.name = text(object, "displayName");
}

/// v1.0 keeps the list inside the permissions of the default role, beta beside them.
void add_policy(Tenant& tenant, const Node& object, const std::string& source) {
  const Node role = object.find("defaultUserRolePermissions");
  SavedPolicy policy{.source = source,
                     .assigned = texts(role.find("permissionGrantPoliciesAssigned")),
                     .may_register = role.find("allowedToCreateApps").as_bool(),
                     .risky_allowed = object.find("allowUserConsentForRiskyApps").as_bool()};
  for (std::string& id : texts(object.find("permissionGrantPolicyIdsAssignedToDefaultUserRole")))
    policy.assigned.push_back(std::move(id));
  tenant.policies.push_back(std::move(policy));
}

void add_admin_flow(Tenant& tenant, const Node& object, const std::string& source) {
  tenant.admin_flows.push_back(
      {.source = source,
       .enabled = object.find("isEnabled").as_bool().value_or(false),
       .reviewers = object.find("reviewers").size(),
       .days = object.find("requestDurationInDays").as_int64().value_or(0)});
}

/// The parts of a condition set that say something: {"permissionClassification":"low",…} as words.
std::string describe_sets(const Node& list) {
  std::string all;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string one;
    for (std::size_t k = 0; k < list[i].size(); ++k) {
      const std::string_view key = list[i].key(k);
      const Node value = list[i][k];
      const bool everything = value.size() == 1 && value[0].as_string() == "all";
      if (key == "id" || key.starts_with("@") || value.is_null() || everything ||
          value.as_string() == "any" || value.as_bool() == false)
        continue;
      one += fmt::format("{}{} {}", one.empty() ? "" : ", ", key,
                         value.as_string().value_or(value.to_json()));
    }
    all += (all.empty() ? "" : "; ") + (one.empty() ? "everything" : one);
  }
  return all.empty() ? "nothing" : all;
}

void add_grant_policy(Tenant& tenant, const Node& object, const std::string& source) {
  tenant.grant_policies.push_back({.source = source,
                                   .id = text(object, "id"),
                                   .includes = describe_sets(object.find("includes")),
                                   .excludes = describe_sets(object.find("excludes"))});
}

void add_directory_setting(Tenant& tenant, const Node& object, const std::string& source) {
  const Node values = object.find("values");
  for (std::size_t i = 0; i < values.size(); ++i)
    tenant.directory_settings.push_back(
        {.source = source, .name = text(values[i], "name"), .value = text(values[i], "value")});
}

void add_classification(Tenant& tenant, const Node& object, const std::string& source) {
  tenant.classifications.push_back({.source = source,
                                    .permission = text(object, "permissionName"),
                                    .level = text(object, "classification")});
}

void add_request(Tenant& tenant, const Node& object, const std::string& source) {
  PendingRequest request{.source = source,
                         .app_id = id_text(object, "appId"),
                         .app_name = text(object, "appDisplayName"),
                         .scopes = {}};
  const Node scopes = object.find("pendingScopes");
  for (std::size_t i = 0; i < scopes.size(); ++i)
    request.scopes.push_back(text(scopes[i], "displayName"));
  tenant.requests.push_back(std::move(request));
}

/// A role assignment with its role and its holder expanded.
void add_role_holder(Tenant& tenant, const Node& object, const std::string& source) {
  const Node principal = object.find("principal");
  std::string name = text(principal, "userPrincipalName");
  if (name.empty()) name = text(principal, "displayName");
  if (name.empty()) name = text(object, "principalId");
  std::string role = text(object.find("roleDefinition"), "displayName");
  if (role.empty()) role = name_of_consent_role(text(object, "roleDefinitionId"));
  if (role.empty()) role = text(object, "roleDefinitionId");
  tenant.role_holders.push_back(
      {.source = source, .role = std::move(role), .principal = std::move(name)});
}

/// Rows of logs lie beside answers in an exported folder; events reads them.
void pass_over(Tenant&, const Node&, const std::string&) {}

}  // namespace

std::string id_text(const Node& object, std::string_view key) {
  return text::lower_ascii(object.find(key).as_string().value_or(""));
}

const std::vector<AnswerReader>& answer_readers() {
  static const std::vector<AnswerReader> all{
      {{"clientId", "consentType", "resourceId", "scope"}, AnswerKind::kGrants, add_grant},
      {{"appRoleId", "principalId", "resourceId"}, AnswerKind::kRoleAssignments, add_assignment},
      {{"roleDefinitionId", "principalId"}, AnswerKind::kRoleHolders, add_role_holder},
      {{"appId", "servicePrincipalType"}, AnswerKind::kServicePrincipals, add_service_principal},
      {{"pendingScopes", "appId"}, AnswerKind::kConsentRequests, add_request},
      {{"defaultUserRolePermissions"}, AnswerKind::kAuthorizationPolicy, add_policy},
      {{"permissionGrantPolicyIdsAssignedToDefaultUserRole"},
       AnswerKind::kAuthorizationPolicy,
       add_policy},
      {{"isEnabled", "reviewers"}, AnswerKind::kAdminConsentPolicy, add_admin_flow},
      {{"permissionName", "classification"}, AnswerKind::kClassifications, add_classification},
      {{"includes", "excludes"}, AnswerKind::kGrantPolicies, add_grant_policy},
      {{"templateId", "values"}, AnswerKind::kDirectorySettings, add_directory_setting},
      {{"verifiedDomains"}, AnswerKind::kOrganization, add_organization},
      {{"activityDisplayName", "targetResources"}, AnswerKind::kLogs, pass_over},
      {{"appId", "createdDateTime", "conditionalAccessStatus"}, AnswerKind::kLogs, pass_over},
      {{"userPrincipalName"}, AnswerKind::kUsers, add_user},
  };
  return all;
}

}  // namespace quarry::consent_audit
