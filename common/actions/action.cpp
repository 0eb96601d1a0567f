#include "common/actions/action.h"

#include "common/base/digest.h"
#include "common/journal/idempotency_key.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/json/raw_object.h"

namespace quarry::actions {

std::string_view name_of(Level level) { return level == Level::kSevere ? "severe" : "reversible"; }

std::string key_of(const Action& action) {
  return journal::idempotency_key(action.tenant, action.name, action.target, action.parameters);
}

namespace {

json::ObjectWriter line_of(const Action& action, std::string_view tool, std::string_view run) {
  json::ObjectWriter writer;
  writer.text("_type", "plan")
      .number("v", 1)
      .text("tool", tool)
      .text("run", run)
      .text("key", key_of(action))
      .text("action", action.name)
      .text("level", name_of(action.level))
      .text_if("tenant", action.tenant)
      .text("what", action.what)
      .raw_if("target", action.target)
      .raw_if("parameters", action.parameters)
      .raw_if("before", action.before)
      .raw_if("undo", action.undo)
      .text_if("row_sha256", action.row_sha256)
      .raw_if("row", action.row);
  return writer;
}

std::string compact_if(const std::string& json) {
  return json.empty() ? std::string() : json::compact(json);
}

}  // namespace

std::string digest_of(const Action& action, std::string_view tool, std::string_view run) {
  Action plain = action;
  for (std::string* const json :
       {&plain.target, &plain.parameters, &plain.before, &plain.undo, &plain.row})
    *json = compact_if(*json);
  return hex_digest(DigestKind::kSha256, line_of(plain, tool, run).take());
}

std::string to_plan_line(const Action& action, std::string_view tool, std::string_view run) {
  return line_of(action, tool, run).text("digest", digest_of(action, tool, run)).take();
}

std::string undo_json(const Action& action) {
  json::ObjectWriter writer;
  writer.text("action", action.name)
      .text("level", name_of(action.level))
      .text("what", action.what)
      .raw_if("target", action.target)
      .raw_if("parameters", action.parameters);
  return writer.take();
}

Result<Action> parse_undo(std::string_view json, std::string_view tenant) {
  QUARRY_TRY(const json::Document document, json::Document::parse(json, "undo"));
  const json::Node root = document.root();
  const auto text = [&root](std::string_view key) {
    return std::string(root.find(key).as_string().value_or(""));
  };
  const auto value = [&root](std::string_view key) {
    const json::Node node = root.find(key);
    return node.is_null() ? std::string() : node.to_json();
  };
  Action action{.name = text("action"),
                .tenant = std::string(tenant),
                .level = text("level") == "reversible" ? Level::kReversible : Level::kSevere,
                .what = text("what"),
                .target = value("target"),
                .parameters = value("parameters")};
  if (action.name.empty()) return fail(ErrorCode::kData, "the undo names no action");
  return action;
}

}  // namespace quarry::actions
