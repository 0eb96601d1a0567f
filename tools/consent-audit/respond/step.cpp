#include "tools/consent-audit/respond/step.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"

#include <array>

namespace quarry::consent_audit {

std::string_view name_of(Step step) {
  constexpr std::array<std::string_view, 11> kNames{
      "export_evidence",          "block_sign_in",     "revoke_grant",
      "revoke_app_role",          "remove_assignment", "require_assignment",
      "revoke_sessions",          "remove_secret",     "mark",
      "delete_service_principal", "set_user_consent"};
  return kNames[static_cast<std::size_t>(step)];
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
