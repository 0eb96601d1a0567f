#include "tools/incident-link/case/case_head.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"

#include <algorithm>
#include <array>

namespace quarry::incident_link {
namespace {

constexpr std::array<std::string_view, 3> kStatuses{"new", "active", "closed"};
constexpr std::array<std::string_view, 4> kSeverities{"informational", "low", "medium", "high"};

std::string list_json(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json::quoted(text);
  return out + "]";
}

}  // namespace

bool is_status(std::string_view word) {
  return std::find(kStatuses.begin(), kStatuses.end(), word) != kStatuses.end();
}

bool is_severity(std::string_view word) {
  return std::find(kSeverities.begin(), kSeverities.end(), word) != kSeverities.end();
}

std::string to_json(const CaseHead& head) {
  json::ObjectWriter writer;
  writer.text("_type", "incident.case")
      .number("v", 1)
      .text("id", head.id)
      .text("title", head.title)
      .text("severity", head.severity)
      .text_if("category", head.category)
      .raw_if("techniques", list_json(head.techniques))
      .text_if("description", head.description)
      .text_if("recommended_action", head.recommended_action)
      .text("status", head.status)
      .text_if("assigned_to", head.assigned_to)
      .text_if("classification", head.classification)
      .text_if("determination", head.determination)
      .text("created", head.created)
      .text("updated", head.updated);
  return writer.take();
}

Result<CaseHead> parse_case_head(std::string_view json, const std::string& name) {
  QUARRY_TRY(const json::Document document, json::Document::parse(json, name));
  const json::Node root = document.root();
  const auto text = [&root](std::string_view key) {
    return std::string(root.find(key).as_string().value_or(""));
  };
  CaseHead head{.id = text("id"),
                .title = text("title"),
                .severity = text("severity"),
                .category = text("category"),
                .techniques = {},
                .description = text("description"),
                .recommended_action = text("recommended_action"),
                .status = text("status"),
                .assigned_to = text("assigned_to"),
                .classification = text("classification"),
                .determination = text("determination"),
                .created = text("created"),
                .updated = text("updated")};
  const json::Node techniques = root.find("techniques");
  for (std::size_t i = 0; i < techniques.size(); ++i)
    head.techniques.emplace_back(techniques[i].as_string().value_or(""));
  if (text("_type") != "incident.case" || head.id.empty())
    return fail(Error(ErrorCode::kData, "no case that this version knows").at(name));
  return head;
}

}  // namespace quarry::incident_link
