#include "tests/fakes/graph/directory.h"

#include "common/json/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace quarry::fakes {
namespace {

constexpr const char* kGraphApi = "00000091-5eed-4a00-9000-000000000091";
constexpr const char* kNotes = "00000305-5eed-4a00-9000-000000000305";
constexpr const char* kFilesRole = "75359482-378d-4052-8f01-80520e7db3cd";
constexpr const char* kMailRole = "b633e1c5-b582-4048-a93e-9f11b44c7e96";
constexpr const char* kDefaultRole = "00000000-0000-0000-0000-000000000000";
constexpr const char* kMicrosoft = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

Rule rule(std::vector<std::string> permissions) {
  return {.credentials = Credentials::kToken,
          .audience = Directory::kAudience,
          .permissions = std::move(permissions)};
}

Reply no_content() {
  Reply reply;
  reply.status = 204;
  return reply;
}
Reply not_found() {
  return error_reply(404, "Request_ResourceNotFound", "the resource does not exist");
}

}  // namespace

Directory::Directory(Cloud& cloud, std::size_t page_size) : cloud_(cloud), page_size_(page_size) {
  fill();
  add_reads();
  add_writes();
}

void Directory::fill() {
  const std::string roles = fmt::format(
      R"(,"appRoles":[{{"id":"{}","value":"Files.ReadWrite.All"}},{{"id":"{}","value":"Mail.Send"}}])",
      kFilesRole, kMailRole);
  const std::string none = R"(,"appRoles":[])";
  const std::string evil = "00000666-5eed-4a00-9000-000000000666";
  principals_[kGraphApi] = {.app_id = "00000003-0000-0000-c000-000000000000",
                            .name = "Microsoft Graph",
                            .owner = kMicrosoft,
                            .rest = roles};
  principals_[kMailGuard] = {
      .app_id = "00000201-5eed-4a00-9000-000000000201",
      .name = "Micros0ft Mail Guard",
      .owner = evil,
      .rest = none + R"(,"replyUrls":["https://f1c2-198-51-100-77.ngrok-free.app/cb"])"};
  principals_[kReports] = {.app_id = "00000202-5eed-4a00-9000-000000000202",
                           .name = "Quarterly Reports",
                           .owner = evil,
                           .rest = none};
  principals_[kNotes] = {.app_id = "00000205-5eed-4a00-9000-000000000205",
                         .name = "Fabrikam Notes",
                         .owner = evil,
                         .rest = none};
  const auto user = [](int number) {
    return fmt::format("00000{0}-5eed-4a00-9000-000000000{0}", number);
  };
  const char* const names[]{"ann", "bo", "cem"};
  for (int i = 0; i < 3; ++i) users_[user(100 + i)] = fmt::format("{}@tailspin.example", names[i]);
  const std::string mail = " Mail.Read Mail.Send offline_access User.Read";
  for (int i = 0; i < 3; ++i) {
    grants_[fmt::format("grant-{}", i + 1)] = {kMailGuard, user(100 + i), kGraphApi, mail};
    assignments_[fmt::format("as-{}", i + 1)] = {user(100 + i), "User", kMailGuard, kDefaultRole};
  }
  grants_["grant-4"] = {kReports, "", kGraphApi, " User.Read offline_access"};
  grants_["grant-5"] = {kNotes, user(100), kGraphApi, " User.Read"};
  assignments_["as-4"] = {kReports, "ServicePrincipal", kGraphApi, kFilesRole};
  assignments_["as-5"] = {kReports, "ServicePrincipal", kGraphApi, kMailRole};
}

std::string Directory::json_of(const std::string& id, const Principal& principal) const {
  return fmt::format(
      R"({{"id":"{}","appId":"{}","displayName":{},"appOwnerOrganizationId":"{}","accountEnabled":{},"servicePrincipalType":"Application","createdDateTime":"2026-05-04T08:11:30Z","verifiedPublisher":{{"verifiedPublisherId":null}},"appRoleAssignmentRequired":false,"notes":{},"tags":{}{}}})",
      id, principal.app_id, quoted(principal.name), principal.owner, principal.enabled,
      principal.notes, principal.tags, principal.rest);
}

std::string Directory::json_of(const std::string& id, const Grant& grant) const {
  return fmt::format(
      R"({{"id":"{}","clientId":"{}","consentType":"{}","principalId":{},"resourceId":"{}","scope":{}}})",
      id, grant.client, grant.principal.empty() ? "AllPrincipals" : "Principal",
      grant.principal.empty() ? "null" : quoted(grant.principal), grant.resource,
      quoted(grant.scope));
}

std::string Directory::json_of(const std::string& id, const Assignment& assignment) const {
  return fmt::format(
      R"({{"id":"{}","principalId":"{}","principalType":"{}","resourceId":"{}","appRoleId":"{}"}})",
      id, assignment.principal, assignment.principal_type, assignment.resource, assignment.role);
}

/// $top is a wish: the directory gives what it likes, as Graph does.
Reply Directory::page(const Request& request, const std::vector<std::string>& rows) {
  asked_ = true;
  Request own = request;
  std::erase_if(own.query, [](const auto& item) { return item.first == "$top"; });
  return page_reply(
      own, cloud_.url(), rows,
      {.largest = page_size_, .context = request.path.substr(request.path.rfind('/') + 1)});
}

void Directory::add_reads() {
  const Rule applications =
      rule({"Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All"});
  const Rule directory = rule({"Directory.Read.All", "Directory.ReadWrite.All"});
  const Rule policies = rule({"Policy.Read.All"});
  const auto get = [this](const char* path, const Rule& needs, RouteHandler handler) {
    cloud_.add("GET", path, needs, std::move(handler));
  };
  get("/v1.0/servicePrincipals", applications,
      [this](const Request& request, const Captures&) { return list_principals(request); });
  get("/v1.0/servicePrincipals/{id}", applications,
      [this](const Request&, const Captures& at) { return show_principal(at.at("id")); });
  get("/v1.0/servicePrincipals/{id}/owners", applications,
      [this](const Request& request, const Captures&) { return page(request, {}); });
  get("/v1.0/servicePrincipals/{id}/appRoleAssignments", applications,
      [this](const Request& request, const Captures& at) {
        return assignments(request, at.at("id"), true);
      });
  get("/v1.0/servicePrincipals/{id}/appRoleAssignedTo", applications,
      [this](const Request& request, const Captures& at) {
        return assignments(request, at.at("id"), false);
      });
  get("/v1.0/servicePrincipals/{id}/appRoleAssignedTo/{assignment}", applications,
      [this](const Request&, const Captures& at) {
        const std::lock_guard lock(mutex_);
        const auto found = assignments_.find(at.at("assignment"));
        return found == assignments_.end() ? not_found()
                                           : json_reply(json_of(found->first, found->second));
      });
  const auto grants = [this](const Request& request, const std::string& client) {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> rows;
    for (const auto& [id, grant] : grants_)
      if (client.empty() || grant.client == client) rows.push_back(json_of(id, grant));
    return page(request, rows);
  };
  get("/v1.0/oauth2PermissionGrants", directory,
      [grants](const Request& request, const Captures&) { return grants(request, ""); });
  get("/v1.0/servicePrincipals/{id}/oauth2PermissionGrants", directory,
      [grants](const Request& request, const Captures& at) {
        return grants(request, at.at("id"));
      });
  get("/v1.0/oauth2PermissionGrants/{id}", directory, [this](const Request&, const Captures& at) {
    const std::lock_guard lock(mutex_);
    const auto found = grants_.find(at.at("id"));
    return found == grants_.end() ? not_found() : json_reply(json_of(found->first, found->second));
  });
  cloud_.add("POST", "/v1.0/directoryObjects/getByIds", directory,
             [this](const Request& request, const Captures&) {
               const std::lock_guard lock(mutex_);
               const auto body = json::Document::parse(request.body, "body");
               if (!body) return error_reply(400, "BadRequest", "no JSON");
               std::string rows;
               const json::Node ids = body->root().find("ids");
               for (std::size_t i = 0; i < ids.size(); ++i) {
                 const auto found = users_.find(std::string(ids[i].as_string().value_or("")));
                 if (found != users_.end())
                   rows += fmt::format(R"({}{{"id":"{}","userPrincipalName":"{}"}})",
                                       rows.empty() ? "" : ",", found->first, found->second);
               }
               return json_reply(R"({"value":[)" + rows + "]}");
             });
  get("/v1.0/organization", rule({"Organization.Read.All", "Directory.Read.All"}),
      [this](const Request& request, const Captures&) {
        return page(
            request,
            {R"({"id":"00000070-5eed-4a00-9000-000000000070","displayName":"Tailspin Toys","verifiedDomains":[]})"});
      });
  get("/v1.0/policies/authorizationPolicy", policies, [this](const Request&, const Captures&) {
    const std::lock_guard lock(mutex_);
    return json_reply(fmt::format(
        R"({{"id":"authorizationPolicy","defaultUserRolePermissions":{{"allowedToCreateApps":false,"permissionGrantPoliciesAssigned":{}}}}})",
        consent_policies_));
  });
  get("/v1.0/servicePrincipals/{id}/delegatedPermissionClassifications", applications,
      [this](const Request& request, const Captures& at) {
        if (at.at("id") != kGraphApi) return page(request, {});
        return page(
            request,
            {R"({"id":"c1","permissionId":"e1fe6dd8-ba31-4d61-89e7-88639da4683d","permissionName":"User.Read","classification":"low"})"});
      });
  get("/v1.0/roleManagement/directory/roleAssignments", directory,
      [this](const Request& request, const Captures&) {
        const std::string filter = request.parameter("$filter").value_or("");
        if (filter != "roleDefinitionId eq '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'")
          return page(request, {});
        return page(
            request,
            {R"({"id":"ra1","roleDefinitionId":"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3","principalId":"p","principal":{"userPrincipalName":"admin@tailspin.example"}})"});
      });
  get("/v1.0/policies/adminConsentRequestPolicy", policies, [](const Request&, const Captures&) {
    return json_reply(
        R"({"isEnabled":true,"reviewers":[{"query":"/users/x"}],"requestDurationInDays":30})");
  });
  for (const char* path :
       {"/v1.0/policies/permissionGrantPolicies",
        "/v1.0/identityGovernance/appConsent/appConsentRequests", "/beta/settings"})
    get(path,
        rule({"Policy.Read.PermissionGrant", "ConsentRequest.Read.All", "Directory.Read.All"}),
        [this](const Request& request, const Captures&) { return page(request, {}); });
  get("/v1.0/auditLogs/directoryAudits", rule({"AuditLog.Read.All"}),
      [this](const Request& request, const Captures&) {
        return page(
            request,
            {fmt::format(
                R"({{"id":"row-1","activityDisplayName":"Add service principal","activityDateTime":"2026-05-04T08:11:30Z","result":"success","correlationId":"00000401-5eed-4a00-9000-000000000401","targetResources":[{{"id":"{}","displayName":"Micros0ft Mail Guard","type":"ServicePrincipal","modifiedProperties":[]}}]}})",
                kMailGuard)});
      });
  get("/v1.0/auditLogs/signIns", rule({"AuditLog.Read.All"}),
      [this](const Request& request, const Captures&) { return page(request, {}); });
}

Reply Directory::list_principals(const Request& request) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> rows;
  const std::string filter = request.parameter("$filter").value_or("");
  for (const auto& [id, principal] : principals_)
    if (filter.empty() || filter == fmt::format("appId eq '{}'", principal.app_id))
      rows.push_back(json_of(id, principal));
  return page(request, rows);
}

Reply Directory::show_principal(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = principals_.find(id);
  return found == principals_.end() ? not_found()
                                    : json_reply(json_of(found->first, found->second));
}

Reply Directory::assignments(const Request& request, const std::string& id, bool of_principal) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> rows;
  for (const auto& [key, assignment] : assignments_)
    if ((of_principal ? assignment.principal : assignment.resource) == id)
      rows.push_back(json_of(key, assignment));
  return page(request, rows);
}

/// Whoever blocks Microsoft's own APIs stops the tenant.
bool Directory::may_touch(const std::string& id, const char* what) {
  if (id != kGraphApi) return true;
  cloud_.violation(fmt::format("{} Microsoft Graph itself", what));
  return false;
}

void Directory::add_writes() {
  const Rule applications = rule({"Application.ReadWrite.All"});
  const Rule grants = rule({"DelegatedPermissionGrant.ReadWrite.All"});
  const Rule roles = rule({"AppRoleAssignment.ReadWrite.All"});
  cloud_.add("PATCH", "/v1.0/servicePrincipals/{id}", applications,
             [this](const Request& request, const Captures& at) {
               return patch_principal(request, at.at("id"));
             });
  cloud_.add("PATCH", "/v1.0/policies/authorizationPolicy",
             rule({"Policy.ReadWrite.Authorization"}),
             [this](const Request& request, const Captures&) {
               const std::lock_guard lock(mutex_);
               const auto body = json::Document::parse(request.body, "body");
               const json::Node list = body ? body->root()
                                                  .find("defaultUserRolePermissions")
                                                  .find("permissionGrantPoliciesAssigned")
                                            : json::Node();
               if (!list.is_array()) return error_reply(400, "Request_BadRequest", "refused");
               if (list.to_json().find("ForOwnedResource") == std::string::npos)
                 cloud_.violation("takes from owners of groups what they may give");
               consent_policies_ = list.to_json();
               return no_content();
             });
  cloud_.add("DELETE", "/v1.0/servicePrincipals/{id}", applications,
             [this](const Request&, const Captures& at) { return delete_principal(at.at("id")); });
  cloud_.add("POST", "/v1.0/directory/deletedItems/{id}/restore", applications,
             [this](const Request&, const Captures& at) {
               const std::lock_guard lock(mutex_);
               const auto found = deleted_.extract(at.at("id"));
               if (found.empty()) return not_found();
               const std::string id = found.key();
               principals_[id] = found.mapped();
               return json_reply(json_of(id, principals_[id]));
             });
  cloud_.add("DELETE", "/v1.0/oauth2PermissionGrants/{id}", grants,
             [this](const Request&, const Captures& at) {
               const std::lock_guard lock(mutex_);
               return grants_.erase(at.at("id")) > 0 ? no_content() : not_found();
             });
  cloud_.add("POST", "/v1.0/oauth2PermissionGrants", grants,
             [this](const Request& request, const Captures&) { return give_grant(request); });
  cloud_.add("DELETE", "/v1.0/servicePrincipals/{id}/appRoleAssignedTo/{assignment}", roles,
             [this](const Request&, const Captures& at) {
               const std::lock_guard lock(mutex_);
               return assignments_.erase(at.at("assignment")) > 0 ? no_content() : not_found();
             });
  cloud_.add(
      "POST", "/v1.0/servicePrincipals/{id}/appRoleAssignedTo", roles,
      [this](const Request& request, const Captures& at) { return assign(request, at.at("id")); });
  cloud_.add("POST", "/v1.0/users/{id}/revokeSignInSessions", rule({"User.RevokeSessions.All"}),
             [this](const Request&, const Captures& at) {
               const std::lock_guard lock(mutex_);
               if (!users_.contains(at.at("id"))) return not_found();
               ++signed_out_[at.at("id")];
               return json_reply(R"({"value":true})");
             });
}

Reply Directory::patch_principal(const Request& request, const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = principals_.find(id);
  const auto body = json::Document::parse(request.body, "body");
  if (found == principals_.end()) return not_found();
  if (!body || !may_touch(id, "changes")) return error_reply(400, "Request_BadRequest", "refused");
  if (const auto enabled = body->root().find("accountEnabled").as_bool())
    found->second.enabled = *enabled;
  for (std::size_t i = 0; i < body->root().size(); ++i) {
    if (body->root().key(i) == "notes") found->second.notes = body->root()[i].to_json();
    if (body->root().key(i) == "tags") found->second.tags = body->root()[i].to_json();
  }
  return no_content();
}

Reply Directory::delete_principal(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (!may_touch(id, "deletes")) return error_reply(400, "Request_BadRequest", "refused");
  const auto found = principals_.extract(id);
  if (found.empty()) return not_found();
  if (found.mapped().enabled) cloud_.violation("deletes an application that was never blocked");
  deleted_[id] = found.mapped();
  return no_content();
}

Reply Directory::give_grant(const Request& request) {
  const std::lock_guard lock(mutex_);
  const auto body = json::Document::parse(request.body, "body");
  if (!body) return error_reply(400, "Request_BadRequest", "no JSON");
  const auto text = [&body](const char* key) {
    return std::string(body->root().find(key).as_string().value_or(""));
  };
  const Grant grant{text("clientId"), text("principalId"), text("resourceId"), text("scope")};
  for (const auto& [id, other] : grants_)
    if (other.client == grant.client && other.principal == grant.principal &&
        other.resource == grant.resource)
      return error_reply(409, "Request_MultipleObjectsWithSameKeyValue",
                         "the grant exists already");
  const std::string id = fmt::format("grant-{}", next_++);
  grants_[id] = grant;
  return json_reply(json_of(id, grant), 201);
}

Reply Directory::assign(const Request& request, const std::string& resource) {
  const std::lock_guard lock(mutex_);
  const auto body = json::Document::parse(request.body, "body");
  if (!body) return error_reply(400, "Request_BadRequest", "no JSON");
  const auto text = [&body](const char* key) {
    return std::string(body->root().find(key).as_string().value_or(""));
  };
  const bool user = users_.contains(text("principalId"));
  const std::string id = fmt::format("as-{}", next_++);
  assignments_[id] = {text("principalId"), user ? "User" : "ServicePrincipal", resource,
                      text("appRoleId")};
  return json_reply(json_of(id, assignments_[id]), 201);
}

std::string Directory::describe() const {
  if (!asked_) return {};
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const auto& [id, principal] : principals_)
    text += fmt::format("sp {} {}{}\n", principal.name, principal.enabled ? "enabled" : "blocked",
                        principal.tags.find("Blocked") != std::string::npos ? " marked" : "");
  for (const auto& [id, principal] : deleted_) text += fmt::format("deleted {}\n", principal.name);
  text += fmt::format("grants {}, assignments {}\n", grants_.size(), assignments_.size());
  for (const auto& [id, times] : signed_out_)
    text += fmt::format("signed out {} {} times\n", users_.at(id), times);
  if (consent_policies_ != kConsentPolicies)
    text += fmt::format("user consent {}\n", consent_policies_);
  return text;
}

}  // namespace quarry::fakes
