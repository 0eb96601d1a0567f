#include "tools/consent-audit/respond/plan_builder.h"

#include "common/json/object_writer.h"
#include "common/net/url.h"
#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/report/record_batch.h"
#include "tools/consent-audit/respond/planner.h"
#include "tools/consent-audit/respond/user_consent_step.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

using actions::Action;

constexpr std::string_view kMarkTag = "BlockedByIncidentResponse";

}  // namespace

std::string Planner::path_of(const std::string& sp_id) {
  return "/v1.0/servicePrincipals/" + net::percent_encode(sp_id);
}

void Planner::add_step(Step step, std::string what, GraphCall call, std::string before,
                       const Undo* undo) {
  call.plan = options_.run;
  Action action{.name = std::string(name_of(step)),
                .tenant = options_.tenant,
                .level = level_of(call),
                .what = std::move(what),
                .target = target_,
                .parameters = to_json(call),
                .before = std::move(before)};
  if (undo != nullptr) {
    Action back = action;
    GraphCall inverse = undo->call;
    inverse.plan = options_.run + ".undo";
    back.name = std::string(undo_name_of(step));
    back.level = level_of(inverse);
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
    const GraphCall call{
        .method = "PATCH",
        .path = path_of(principal->id),
        .body = R"({"appRoleAssignmentRequired":true})",
        .state_path = path_of(principal->id) + "?$select=appRoleAssignmentRequired"};
    GraphCall back = call;
    back.body = R"({"appRoleAssignmentRequired":false})";
    const Undo undo{"let users without assignment use " + name_, back};
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
                       .path = path_of(principal.id),
                       .body = R"({"accountEnabled":false})",
                       .state_path = path_of(principal.id) + "?$select=accountEnabled"};
  GraphCall back = call;
  back.body = R"({"accountEnabled":true})";
  const Undo undo{"allow sign-in of " + name_, back};
  add_step(Step::kBlock, "block sign-in of " + name_, call, R"({"accountEnabled":true})", &undo);
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
                       .path = path_of(principal.id),
                       .body = state(notes, tags),
                       .state_path = path_of(principal.id) + "?$select=notes,tags"};
  GraphCall back = call;
  back.body = state(principal.notes, principal.tags);
  const Undo undo{"take the mark off " + name_, back};
  add_step(Step::kMark, "mark " + name_ + " as blocked", call,
           state(principal.notes, principal.tags), &undo);
}

void Planner::delete_principal(const ServicePrincipal& principal) {
  const Undo undo{"restore " + name_ + ", within 30 days",
                  {.method = "POST",
                   .path = fmt::format("/v1.0/directory/deletedItems/{}/restore",
                                       net::percent_encode(principal.id)),
                   .state_path = path_of(principal.id)}};
  add_step(Step::kDelete, "delete " + name_,
           {.method = "DELETE", .path = path_of(principal.id), .state_path = path_of(principal.id)},
           {}, &undo);
}

Result<void> Planner::set_user_consent(UserConsent wanted) {
  QUARRY_TRY(const auto change, plan_user_consent(tenant_, wanted));
  if (!change) {
    notes_.emplace_back("user consent is set so, or stricter, already");
    return ok();
  }
  target_ = target_json({}, {}, "authorizationPolicy");
  const Undo undo{"let users consent to what they could before", change->back};
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

Result<Response> plan_response(const Tenant& tenant, const std::vector<Culprit>& culprits,
                               const ResponseOptions& options) {
  Planner planner(tenant, options);
  for (const Culprit& culprit : culprits) QUARRY_CHECK(planner.add(culprit));
  if (options.user_consent) QUARRY_CHECK(planner.set_user_consent(*options.user_consent));
  return planner.take();
}

}  // namespace quarry::consent_audit
