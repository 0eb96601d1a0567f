#include "tools/consent-audit/respond/plan_builder.h"

#include "common/json/object_writer.h"
#include "common/net/url.h"
#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/report/record_batch.h"
#include "tools/consent-audit/respond/step.h"
#include "tools/consent-audit/respond/user_consent_step.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace quarry::consent_audit {
namespace {

using actions::Action;

constexpr std::string_view kDefaultRole = "00000000-0000-0000-0000-000000000000";
constexpr std::string_view kMarkTag = "BlockedByIncidentResponse";

std::string on(const std::string& sp_id) {
  return "/v1.0/servicePrincipals/" + net::percent_encode(sp_id);
}

class Planner {
 public:
  Planner(const Tenant& tenant, const ResponseOptions& options)
      : tenant_(tenant), options_(options) {}

  Result<void> add(const Culprit& culprit);
  Result<void> set_user_consent(UserConsent wanted);
  Response take();

 private:
  struct Numbered {
    Step step;
    Action action;
  };
  struct Undo {
    std::string name;
    std::string what;
    GraphCall call;
  };
  void add_step(Step step, std::string what, GraphCall call, std::string before, const Undo* undo);
  Result<void> check(const ServicePrincipal& principal) const;
  void block_unknown(const Culprit& culprit);
  void block(const ServicePrincipal& principal);
  void revoke_grants(const std::string& sp_id);
  void remove_assignments(const std::string& sp_id);
  void add_assignment(Step step, std::string what, const RoleAssignment& assignment);
  void revoke_sessions(const std::string& sp_id);
  void remove_secrets(const ServicePrincipal& principal);
  void mark(const ServicePrincipal& principal);
  void delete_principal(const ServicePrincipal& principal);

  const Tenant& tenant_;
  const ResponseOptions& options_;
  std::string target_;
  std::string name_;  // for people
  std::vector<Numbered> steps_;
  std::set<std::string> signed_out_;
  std::vector<std::string> notes_;
};

void Planner::add_step(Step step, std::string what, GraphCall call, std::string before,
                       const Undo* undo) {
  call.plan = options_.run;
  Action action{.name = std::string(name_of(step)),
                .tenant = options_.tenant,
                .level = step == Step::kEvidence || step == Step::kMark
                             ? actions::Level::kReversible
                             : actions::Level::kSevere,
                .what = std::move(what),
                .target = target_,
                .parameters = to_json(call),
                .before = std::move(before)};
  if (undo != nullptr) {
    Action back = action;
    GraphCall inverse = undo->call;
    inverse.plan = options_.run + ".undo";
    back.name = undo->name;
    back.what = undo->what;
    back.parameters = to_json(inverse);
    action.undo = actions::undo_json(back);
  }
  steps_.push_back({step, std::move(action)});
}

Result<void> Planner::check(const ServicePrincipal& principal) const {
  if (principal.type == "ManagedIdentity") {
    return fail(
        ErrorCode::kRefused,
        fmt::format("{} is a managed identity and cannot be changed this way",
                    shown(principal.name)),
        "take its roles away where it is configured: on the machine or service that it belongs to");
  }
  const bool microsoft =
      is_microsoft_tenant(principal.owner_tenant) || find_first_party(principal.app_id) != nullptr;
  if (microsoft && !options_.first_party) {
    return fail(
        ErrorCode::kRefused,
        fmt::format("{} is an application of Microsoft's own; blocking it can stop the tenant",
                    shown(principal.name)),
        "look who used it and from where; --first-party if you are sure");
  }
  if (options_.final && principal.disabled_by_microsoft.starts_with("DisabledDueTo")) {
    return fail(ErrorCode::kRefused,
                fmt::format("Microsoft disabled {}: it cannot be deleted", shown(principal.name)),
                "leave it; without --final the rest is done");
  }
  return ok();
}

Result<void> Planner::add(const Culprit& culprit) {
  const ServicePrincipal* principal = culprit.sp_id.empty() ? nullptr : tenant_.find(culprit.sp_id);
  if (principal == nullptr && !culprit.app_id.empty()) principal = tenant_.find_app(culprit.app_id);
  if (principal == nullptr) {
    if (culprit.app_id.empty())
      return fail(ErrorCode::kData,
                  fmt::format("there is no service principal {} in this tenant", culprit.sp_id),
                  "it may be deleted already; look into its audit log");
    block_unknown(culprit);
    return ok();
  }
  QUARRY_CHECK(check(*principal));
  target_ = target_json(principal->app_id, principal->id, principal->name);
  name_ = fmt::format("{} ({})", shown(principal->name), principal->id);
  if (!principal->owner_tenant.empty() && principal->owner_tenant == tenant_.id)
    notes_.push_back(
        name_ +
        " is registered in this tenant: its owners can undo the block. Take them off the "
        "registration, and disable it (PATCH beta /applications/ID, isDisabled true)");
  add_step(Step::kEvidence, "export evidence of " + name_, {.state_path = {}}, {}, nullptr);
  block(*principal);
  revoke_grants(principal->id);
  remove_assignments(principal->id);
  if (options_.require_assignment && !principal->assignment_required) {
    const GraphCall call{.method = "PATCH",
                         .path = on(principal->id),
                         .body = R"({"appRoleAssignmentRequired":true})",
                         .state_path = on(principal->id) + "?$select=appRoleAssignmentRequired"};
    GraphCall back = call;
    back.body = R"({"appRoleAssignmentRequired":false})";
    const Undo undo{"allow_unassigned", "let users without assignment use " + name_, back};
    add_step(Step::kRequireAssignment, "let nobody use it who is not assigned: " + name_, call,
             R"({"appRoleAssignmentRequired":false})", &undo);
  }
  revoke_sessions(principal->id);
  if (options_.remove_secrets) remove_secrets(*principal);
  mark(*principal);
  if (options_.final) delete_principal(*principal);
  return ok();
}

/// A disabled service principal, made before anyone consents again, is the block.
void Planner::block_unknown(const Culprit& culprit) {
  target_ = target_json(culprit.app_id, {}, culprit.name);
  name_ = fmt::format("{} ({})", shown(culprit.name), culprit.app_id);
  json::ObjectWriter body;
  body.text("appId", culprit.app_id).boolean("accountEnabled", false);
  add_step(Step::kBlock, "block sign-in of an application that is not in the tenant: " + name_,
           {.method = "POST",
            .path = "/v1.0/servicePrincipals",
            .body = body.take(),
            .state_path =
                "/v1.0/servicePrincipals(appId='" + culprit.app_id + "')?$select=accountEnabled"},
           {}, nullptr);
  notes_.push_back(name_ +
                   " has no service principal here: its grants are gone, or nobody consented yet");
}

void Planner::block(const ServicePrincipal& principal) {
  if (!principal.enabled) {
    notes_.push_back("sign-in of " + name_ + " is blocked already");
    return;
  }
  const GraphCall call{.method = "PATCH",
                       .path = on(principal.id),
                       .body = R"({"accountEnabled":false})",
                       .state_path = on(principal.id) + "?$select=accountEnabled"};
  GraphCall back = call;
  back.body = R"({"accountEnabled":true})";
  const Undo undo{"allow_sign_in", "allow sign-in of " + name_, back};
  add_step(Step::kBlock, "block sign-in of " + name_, call, R"({"accountEnabled":true})", &undo);
}

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
    const Undo undo{"give_grant",
                    fmt::format("give {} the grant of {} again", name_, whose),
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
  const std::string list = on(assignment.resource_id) + "/appRoleAssignedTo";
  const std::string path = list + "/" + net::percent_encode(assignment.id);
  json::ObjectWriter saved;
  saved.text("principalId", assignment.principal_id)
      .text("resourceId", assignment.resource_id)
      .text("appRoleId", assignment.role_id);
  const std::string body = saved.take();
  const Undo undo{"assign",
                  "take back: " + what,
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
              .path = on(principal.id) + "/removePassword",
              .body = body.take(),
              .state_path = {}},
             {}, nullptr);
  }
}

void Planner::mark(const ServicePrincipal& principal) {
  const auto state = [](const std::string& notes, const std::vector<std::string>& tags) {
    json::ObjectWriter writer;
    notes.empty() ? writer.raw("notes", "null") : writer.text("notes", notes);
    return writer.raw("tags", json_array(tags)).take();
  };
  std::vector<std::string> tags = principal.tags;
  if (std::find(tags.begin(), tags.end(), kMarkTag) != tags.end()) return;
  tags.emplace_back(kMarkTag);
  std::string notes = principal.notes;
  if (!notes.empty()) notes += "; ";
  notes += options_.case_id.empty() ? "blocked by incident response"
                                    : "blocked by incident response, case " + options_.case_id;
  const GraphCall call{.method = "PATCH",
                       .path = on(principal.id),
                       .body = state(notes, tags),
                       .state_path = on(principal.id) + "?$select=notes,tags"};
  GraphCall back = call;
  back.body = state(principal.notes, principal.tags);
  const Undo undo{"unmark", "take the mark off " + name_, back};
  add_step(Step::kMark, "mark " + name_ + " as blocked", call,
           state(principal.notes, principal.tags), &undo);
}

void Planner::delete_principal(const ServicePrincipal& principal) {
  const Undo undo{"restore",
                  "restore " + name_ + ", within 30 days",
                  {.method = "POST",
                   .path = fmt::format("/v1.0/directory/deletedItems/{}/restore",
                                       net::percent_encode(principal.id)),
                   .state_path = on(principal.id)}};
  add_step(Step::kDelete, "delete " + name_,
           {.method = "DELETE", .path = on(principal.id), .state_path = on(principal.id)}, {},
           &undo);
}

Result<void> Planner::set_user_consent(UserConsent wanted) {
  QUARRY_TRY(const auto change, plan_user_consent(tenant_, wanted));
  if (!change) {
    notes_.emplace_back("user consent is set so, or stricter, already");
    return ok();
  }
  target_ = target_json({}, {}, "authorizationPolicy");
  const Undo undo{"restore_user_consent", "let users consent to what they could before",
                  change->back};
  add_step(Step::kSetUserConsent, change->what, change->call, change->before, &undo);
  notes_.emplace_back("changing settings does not touch grants that were given already");
  return ok();
}

/// All applications are blocked before anything else is done to one of them.
Response Planner::take() {
  std::stable_sort(steps_.begin(), steps_.end(),
                   [](const Numbered& a, const Numbered& b) { return a.step < b.step; });
  Response response{.plan = {.run = options_.run, .actions = {}}, .notes = std::move(notes_)};
  for (Numbered& step : steps_) response.plan.actions.push_back(std::move(step.action));
  return response;
}

}  // namespace

Result<Response> plan_response(const Tenant& tenant, const std::vector<Culprit>& culprits,
                               const ResponseOptions& options) {
  Planner planner(tenant, options);
  for (const Culprit& culprit : culprits) QUARRY_CHECK(planner.add(culprit));
  if (options.user_consent) QUARRY_CHECK(planner.set_user_consent(*options.user_consent));
  return planner.take();
}

}  // namespace quarry::consent_audit
