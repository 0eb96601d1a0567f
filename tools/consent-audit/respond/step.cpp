#include "tools/consent-audit/respond/step.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"

#include <algorithm>
#include <array>

namespace quarry::consent_audit {

namespace {

struct StepDef {
  Step step;
  std::string_view name;
  bool needs_evidence;
  std::string_view undo = {};  // the name of the way back; empty: none
};

/// In the order of Step.
constexpr std::array kSteps{
    StepDef{Step::kEvidence, "export_evidence", false},
    StepDef{Step::kBlock, "block_sign_in", true, "allow_sign_in"},
    StepDef{Step::kRevokeGrant, "revoke_grant", true, "give_grant"},
    StepDef{Step::kRevokeRole, "revoke_app_role", true, "assign"},
    StepDef{Step::kRemoveAssignment, "remove_assignment", true, "assign"},
    StepDef{Step::kRequireAssignment, "require_assignment", true, "allow_unassigned"},
    StepDef{Step::kRevokeSessions, "revoke_sessions", false},
    StepDef{Step::kRemoveSecret, "remove_secret", true},
    StepDef{Step::kMark, "mark", true, "unmark"},
    StepDef{Step::kDelete, "delete_service_principal", true, "restore"},
    StepDef{Step::kSetUserConsent, "set_user_consent", false, "restore_user_consent"},
};

static_assert([] {
  for (std::size_t i = 0; i < kSteps.size(); ++i)
    if (static_cast<std::size_t>(kSteps[i].step) != i) return false;
  return true;
}());

const StepDef& def_of(Step step) { return kSteps[static_cast<std::size_t>(step)]; }

bool marks_only(const std::string& body) {
  const auto document = json::Document::parse(body, "body");
  if (!document || !document->root().is_object() || document->root().size() == 0) return false;
  for (std::size_t i = 0; i < document->root().size(); ++i)
    if (document->root().key(i) != "notes" && document->root().key(i) != "tags") return false;
  return true;
}

}  // namespace

std::string_view name_of(Step step) { return def_of(step).name; }

std::string_view undo_name_of(Step step) { return def_of(step).undo; }

bool needs_evidence(const actions::Action& action) {
  return std::ranges::any_of(kSteps, [&action](const StepDef& step) {
    return step.name == action.name && step.needs_evidence;
  });
}

actions::Level level_of(const GraphCall& call) {
  if (call.method.empty()) return actions::Level::kReversible;
  const bool marks = call.method == "PATCH" && call.path.starts_with("/v1.0/servicePrincipals/") &&
                     marks_only(call.body);
  return marks ? actions::Level::kReversible : actions::Level::kSevere;
}

std::optional<actions::Level> level_of(const actions::Action& action) {
  const bool known = std::ranges::any_of(kSteps, [&action](const StepDef& step) {
    return step.name == action.name || (!step.undo.empty() && step.undo == action.name);
  });
  const Result<GraphCall> call = read_call(action);
  if (!known || !call) return std::nullopt;
  return level_of(*call);
}

std::string to_json(const GraphCall& call) {
  json::ObjectWriter writer;
  writer.text_if("method", call.method)
      .text_if("path", call.path)
      .raw_if("body", call.body)
      .text_if("state_path", call.state_path)
      .text("plan", call.plan);
  return writer.take();
}

Result<GraphCall> read_call(const actions::Action& action) {
  QUARRY_TRY(const json::Document document, json::Document::parse(action.parameters, "parameters"));
  const auto text = [&document](std::string_view key) {
    return std::string(document.root().find(key).as_string().value_or(""));
  };
  GraphCall call{.method = text("method"),
                 .path = text("path"),
                 .body = {},
                 .state_path = text("state_path"),
                 .plan = text("plan")};
  const json::Node body = document.root().find("body");
  if (!body.is_null()) call.body = body.to_json();
  return call;
}

std::string target_json(const std::string& app_id, const std::string& sp_id,
                        const std::string& name) {
  json::ObjectWriter writer;
  writer.text_if("app_id", app_id).text_if("sp_id", sp_id).text_if("name", name);
  return writer.take();
}

std::string sp_id_of(const actions::Action& action) {
  const auto document = json::Document::parse(action.target, "target");
  return document ? std::string(document->root().find("sp_id").as_string().value_or(""))
                  : std::string();
}

}  // namespace quarry::consent_audit
