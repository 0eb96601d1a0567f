// What an application was given, and by whom: the steps that take it away.
#include "common/json/object_writer.h"
#include "common/net/url.h"
#include "tools/consent-audit/respond/planner.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kDefaultRole = "00000000-0000-0000-0000-000000000000";

}  // namespace

void Planner::revoke_grants(const std::string& sp_id) {
  for (const auto& [id, grant] : tenant_.grants) {
    if (grant.client_id != sp_id) continue;
    json::ObjectWriter saved;
    saved.text("clientId", grant.client_id).text("consentType", grant.consent_type);
    grant.principal_id.empty() ? saved.raw("principalId", "null")
                               : saved.text("principalId", grant.principal_id);
    saved.text("resourceId", grant.resource_id).text("scope", grant.scope);
    const std::string body = saved.take();
    const std::string path = "/v1.0/oauth2PermissionGrants/" + net::percent_encode(id);
    const std::string whose = grant.for_all() ? "everybody" : tenant_.user_name(grant.principal_id);
    const Undo undo{fmt::format("give {} the grant of {} again", name_, whose),
                    {.method = "POST",
                     .path = "/v1.0/oauth2PermissionGrants",
                     .body = body,
                     .state_path = path}};
    add_step(Step::kRevokeGrant,
             fmt::format("revoke the grant of {} to {}:{}{}", whose, name_,
                         grant.scope.starts_with(' ') ? "" : " ", grant.scope),
             {.method = "DELETE", .path = path, .state_path = path}, body, &undo);
  }
}

void Planner::add_assignment(Step step, std::string what, const RoleAssignment& assignment) {
  const std::string list = path_of(assignment.resource_id) + "/appRoleAssignedTo";
  const std::string path = list + "/" + net::percent_encode(assignment.id);
  json::ObjectWriter saved;
  saved.text("principalId", assignment.principal_id)
      .text("resourceId", assignment.resource_id)
      .text("appRoleId", assignment.role_id);
  const std::string body = saved.take();
  const Undo undo{"take back: " + what,
                  {.method = "POST", .path = list, .body = body, .state_path = {}}};
  add_step(step, std::move(what), {.method = "DELETE", .path = path, .state_path = path}, body,
           &undo);
}

void Planner::remove_assignments(const std::string& sp_id) {
  for (const auto& [id, assignment] : tenant_.assignments)
    if (assignment.principal_id == sp_id && assignment.role_id != kDefaultRole)
      add_assignment(Step::kRevokeRole,
                     fmt::format("revoke app role {} of {}", tenant_.role_name(assignment), name_),
                     assignment);
  for (const auto& [id, assignment] : tenant_.assignments) {
    if (assignment.resource_id != sp_id ||
        (assignment.principal_type != "User" && assignment.principal_type != "Group"))
      continue;
    const std::string who = assignment.principal_type == "User"
                                ? tenant_.user_name(assignment.principal_id)
                                : assignment.principal_name;
    add_assignment(Step::kRemoveAssignment, fmt::format("remove {} from {}", who, name_),
                   assignment);
  }
}

void Planner::revoke_sessions(const std::string& sp_id) {
  std::set<std::string> users;
  for (const auto& [id, grant] : tenant_.grants)
    if (grant.client_id == sp_id && !grant.principal_id.empty()) users.insert(grant.principal_id);
  for (const auto& [id, assignment] : tenant_.assignments)
    if (assignment.resource_id == sp_id && assignment.principal_type == "User")
      users.insert(assignment.principal_id);
  for (const std::string& user : users) {
    const std::string name = tenant_.user_name(user);
    if (name.find("#EXT#") != std::string::npos) {
      notes_.push_back(name + " is a guest: only the home tenant can revoke the sessions");
      continue;
    }
    if (!signed_out_.insert(user).second) continue;
    add_step(Step::kRevokeSessions, "revoke the sessions of " + name,
             {.method = "POST",
              .path = fmt::format("/v1.0/users/{}/revokeSignInSessions", net::percent_encode(user)),
              .state_path = {}},
             {}, nullptr);
  }
}

void Planner::remove_secrets(const ServicePrincipal& principal) {
  for (const Credential& credential : principal.credentials) {
    if (!credential.is_password || credential.key_id.empty()) {
      notes_.push_back(
          fmt::format("{} has a key {}: remove it in the portal", name_, shown(credential.name)));
      continue;
    }
    json::ObjectWriter body;
    body.text("keyId", credential.key_id);
    add_step(Step::kRemoveSecret,
             fmt::format("remove secret {} of {}", shown(credential.name), name_),
             {.method = "POST",
              .path = path_of(principal.id) + "/removePassword",
              .body = body.take(),
              .state_path = {}},
             {}, nullptr);
  }
}

}  // namespace quarry::consent_audit
