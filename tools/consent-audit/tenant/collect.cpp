#include "tools/consent-audit/tenant/collect.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/net/service_error.h"
#include "common/net/url.h"
#include "tools/consent-audit/tenant/answers.h"
#include "tools/consent-audit/tenant/consent_roles.h"

#include <fmt/format.h>

#include <set>

namespace quarry::consent_audit {
namespace {

using Take = std::function<Result<void>(std::string_view body, const std::string& name)>;

constexpr std::string_view kPrincipalFields =
    "id,appId,displayName,appOwnerOrganizationId,accountEnabled,verifiedPublisher,replyUrls,"
    "createdDateTime,servicePrincipalType,signInAudience,tags,notes,disabledByMicrosoftStatus,"
    "appRoleAssignmentRequired,passwordCredentials,keyCredentials,appRoles";

enum class Need : std::uint8_t { kMust, kMay };

struct Call {
  std::string_view name;
  std::string_view path;
  std::string_view what;
  std::string_view permission;
  bool list;
  Need need;
};

constexpr Call kSettingsCalls[]{
    {"organization", "/v1.0/organization?$select=id,displayName,verifiedDomains",
     "read the organization", "Organization.Read.All", true, Need::kMay},
    {"authorizationPolicy", "/v1.0/policies/authorizationPolicy", "read the authorization policy",
     "Policy.Read.All", false, Need::kMust},
    {"permissionGrantPolicies", "/v1.0/policies/permissionGrantPolicies?$expand=includes,excludes",
     "list permission grant policies", "Policy.Read.PermissionGrant", true, Need::kMay},
    {"adminConsentRequestPolicy", "/v1.0/policies/adminConsentRequestPolicy",
     "read the admin consent policy", "Policy.Read.All", false, Need::kMay},
    {"appConsentRequests", "/v1.0/identityGovernance/appConsent/appConsentRequests",
     "list consent requests", "ConsentRequest.Read.All", true, Need::kMay},
    {"directorySettings", "/beta/settings", "list directory settings", "Directory.Read.All", true,
     Need::kMay},
};

Result<void> ask(services::Graph& graph, const Call& call, const Take& take,
                 CollectReport& report) {
  const services::GraphRead read{
      .path = std::string(call.path), .what = call.what, .permission = call.permission};
  ++report.calls;
  Result<void> done;
  if (call.list) {
    std::size_t page = 0;
    const auto all = graph.pages(read, [&](std::string_view body) {
      return take(body, fmt::format("{}.{}", call.name, ++page));
    });
    if (!all) done = fail(all.error());
  } else {
    const auto body = graph.find(read);
    if (!body) {
      done = fail(body.error());
    } else if (*body) {
      done = take(**body, std::string(call.name));
    }
  }
  if (done || call.need == Need::kMust) return done;
  const ErrorCode code = done.error().code();
  if (code != ErrorCode::kAuth && code != ErrorCode::kRemote) return done;
  report.failures.push_back(done.error());
  return ok();
}

/// Of Microsoft Graph, where the permissions are that users are asked for.
Result<void> ask_classifications(services::Graph& graph, const Take& take, CollectReport& report) {
  constexpr const char* kMicrosoftGraph = "00000003-0000-0000-c000-000000000000";
  const Result<std::string> api = find_service_principal(graph, kMicrosoftGraph);
  if (!api) {
    const ErrorCode code = api.error().code();
    if (code != ErrorCode::kAuth && code != ErrorCode::kRemote) return fail(api.error());
    report.failures.push_back(api.error());
    return ok();
  }
  if (api->empty()) return ok();
  const std::string path =
      fmt::format("/v1.0/servicePrincipals/{}/delegatedPermissionClassifications", *api);
  return ask(graph,
             {"delegatedPermissionClassifications", path, "list permissions classified as low",
              "Application.Read.All", true, Need::kMay},
             take, report);
}

/// Who may consent for the whole tenant: one call a role, as the service wants it.
Result<void> ask_role_holders(services::Graph& graph, const Take& take, CollectReport& report) {
  for (const ConsentRole& role : consent_roles()) {
    const std::string path =
        fmt::format("/v1.0/roleManagement/directory/roleAssignments?$filter={}&$expand=principal",
                    net::percent_encode(fmt::format("roleDefinitionId eq '{}'", role.id)));
    const std::string name = fmt::format("roleAssignments.{}", role.id);
    QUARRY_CHECK(ask(
        graph,
        {name, path, "list who may consent for everybody", "Directory.Read.All", true, Need::kMay},
        take, report));
  }
  return ok();
}

/// Rows of the audit log that can matter, as far back as the tenant keeps them.
constexpr Call kAuditCall{
    "directoryAudits",
    "/v1.0/auditLogs/"
    "directoryAudits?$top=1000&$filter=category%20eq%20'ApplicationManagement'%20or%20"
    "category%20eq%20'AuthorizationPolicy'%20or%20category%20eq%20'Policy'",
    "list audit rows",
    "AuditLog.Read.All",
    true,
    Need::kMay};

/// APIs that offer app roles: one walk each finds all who hold them.
Result<void> ask_holders(services::Graph& graph, const Tenant& tenant, const Take& take,
                         CollectReport& report) {
  for (const auto& [id, principal] : tenant.service_principals) {
    if (principal.roles.empty()) continue;
    const std::string path =
        fmt::format("/v1.0/servicePrincipals/{}/appRoleAssignedTo?$top=999", id);
    const std::string name = "appRoleAssignedTo." + id;
    QUARRY_CHECK(ask(
        graph, {name, path, "list who holds app roles", "Application.Read.All", true, Need::kMust},
        take, report));
  }
  return ok();
}

/// Names of those who gave grants, a thousand ids a request.
Result<void> ask_users(services::Graph& graph, const std::set<std::string>& ids, const Take& take,
                       CollectReport& report) {
  constexpr std::size_t kIds = 1000;
  std::size_t page = 0;
  for (auto next = ids.begin(); next != ids.end();) {
    std::string list;
    for (std::size_t i = 0; i < kIds && next != ids.end(); ++i, ++next)
      list += (list.empty() ? "" : ",") + json::quoted(*next);
    json::ObjectWriter body;
    body.raw("ids", "[" + list + "]").raw("types", R"(["user"])");
    ++report.calls;
    QUARRY_TRY(const net::Response response,
               graph.http().call(graph.request(
                   net::Method::kPost,
                   "/v1.0/directoryObjects/getByIds?$select=id,userPrincipalName,displayName",
                   body.take(), net::Repeat::kAllowed)));
    if (!response.is_success()) {
      report.failures.push_back(
          net::error_of(response, "name users", "it takes Directory.Read.All"));
      return ok();
    }
    QUARRY_CHECK(take(response.body, fmt::format("users.{}", ++page)));
  }
  return ok();
}

std::set<std::string> principals_of(const Tenant& tenant) {
  std::set<std::string> ids;
  for (const auto& [id, grant] : tenant.grants)
    if (!grant.principal_id.empty()) ids.insert(grant.principal_id);
  for (const auto& [id, assignment] : tenant.assignments)
    if (assignment.principal_type == "User") ids.insert(assignment.principal_id);
  return ids;
}

}  // namespace

Result<CollectReport> collect(services::Graph& graph, Extent extent, const Take& take) {
  CollectReport report;
  if (extent == Extent::kConsentPolicy) {
    QUARRY_CHECK(ask(graph, kSettingsCalls[1], take, report));
    return report;
  }
  if (extent != Extent::kGrants) {
    for (const Call& call : kSettingsCalls) QUARRY_CHECK(ask(graph, call, take, report));
    QUARRY_CHECK(ask_classifications(graph, take, report));
    QUARRY_CHECK(ask_role_holders(graph, take, report));
  }
  if (extent == Extent::kSettings) return report;
  if (extent == Extent::kGrants) {
    QUARRY_CHECK(ask(graph, kSettingsCalls[0], take, report));
    Call policy = kSettingsCalls[1];
    policy.need = Need::kMay;
    QUARRY_CHECK(ask(graph, policy, take, report));
  }
  Tenant tenant;  // what later calls depend on
  const Take both = [&](std::string_view body, const std::string& name) -> Result<void> {
    QUARRY_CHECK(add_answer(tenant, body, name));
    return take(body, name);
  };
  const std::string principals =
      fmt::format("/v1.0/servicePrincipals?$select={}&$top=999", kPrincipalFields);
  QUARRY_CHECK(ask(graph,
                   {"servicePrincipals", principals, "list applications", "Application.Read.All",
                    true, Need::kMust},
                   both, report));
  QUARRY_CHECK(ask(graph,
                   {"oauth2PermissionGrants", "/v1.0/oauth2PermissionGrants?$top=999",
                    "list grants", "Directory.Read.All", true, Need::kMust},
                   both, report));
  QUARRY_CHECK(ask_holders(graph, tenant, both, report));
  QUARRY_CHECK(ask_users(graph, principals_of(tenant), take, report));
  if (extent == Extent::kAll) QUARRY_CHECK(ask(graph, kAuditCall, take, report));
  return report;
}

Result<void> collect_app(services::Graph& graph, const std::string& sp_id, const Take& take) {
  const std::string base = "/v1.0/servicePrincipals/" + net::percent_encode(sp_id);
  QUARRY_TRY(const auto itself,
             graph.find({.path = fmt::format("{}?$select={}", base, kPrincipalFields),
                         .what = "read the application",
                         .permission = "Application.Read.All"}));
  if (!itself) return ok();
  QUARRY_CHECK(take(*itself, "servicePrincipal." + sp_id));
  CollectReport report;
  const auto list = [&](std::string_view name, std::string_view what, std::string_view permission,
                        Need need) {
    const std::string path = fmt::format("{}/{}", base, name);
    const std::string file = fmt::format("{}.{}", name, sp_id);
    return ask(graph, {file, path, what, permission, true, need}, take, report);
  };
  QUARRY_CHECK(
      list("oauth2PermissionGrants", "list its grants", "Directory.Read.All", Need::kMust));
  QUARRY_CHECK(list("appRoleAssignments", "list the app roles it holds", "Application.Read.All",
                    Need::kMust));
  QUARRY_CHECK(
      list("appRoleAssignedTo", "list who is assigned to it", "Application.Read.All", Need::kMust));
  return list("owners", "list its owners", "Application.Read.All", Need::kMay);
}

Result<void> collect_users(services::Graph& graph, const Tenant& tenant, const Take& take) {
  CollectReport report;
  return ask_users(graph, principals_of(tenant), take, report);
}

Result<std::string> find_service_principal(services::Graph& graph, const std::string& app_id) {
  std::string id;
  QUARRY_TRY([[maybe_unused]] const std::size_t rows,
             graph.pages(
                 {.path = fmt::format(
                      "/v1.0/servicePrincipals?$filter={}&$select=id,appId,servicePrincipalType",
                      net::percent_encode(fmt::format("appId eq '{}'", app_id))),
                  .what = "look for the application",
                  .permission = "Application.Read.All"},
                 [&](std::string_view body) -> Result<void> {
                   QUARRY_TRY(const json::Document document, json::Document::parse(body, "answer"));
                   const auto found = document.root().find("value")[0].find("id").as_string();
                   if (found) id = *found;
                   return ok();
                 }));
  return id;
}

}  // namespace quarry::consent_audit
