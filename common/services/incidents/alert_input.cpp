#include "common/services/incidents/alert_input.h"

#include "common/base/text.h"
#include "common/json/object_writer.h"

#include <fmt/format.h>

namespace quarry::services::incidents {
namespace {

constexpr std::size_t kLongestValue = 1000;

std::string text_list(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json::quoted(text);
  return out + "]";
}

std::string entity_list(const std::vector<AlertEntity>& entities) {
  std::string out = "[";
  for (const AlertEntity& entity : entities) {
    json::ObjectWriter writer;
    writer.text("entityType", entity.type)
        .text("entityIdentifier", entity.identifier)
        .text("identifierValue", entity.value)
        .text("role", entity.impacted ? "impacted" : "related");
    if (out.size() > 1) out += ',';
    out += writer.take();
  }
  return out + "]";
}

std::string reference_severity(const std::string& severity) {
  if (severity == "informational" || severity.empty()) return "Low";
  std::string word = severity;
  word[0] = text::ascii_upper(word[0]);
  return word;
}

}  // namespace

Result<void> check(const AlertInput& alert) {
  if (alert.title.empty() || alert.description.empty() || alert.category.empty())
    return fail(ErrorCode::kUsage, "an alert needs a title, a category and a description");
  if (alert.description.size() > kLongestDescription)
    return fail(ErrorCode::kUsage,
                fmt::format("the description has more than {} bytes", kLongestDescription));
  if (alert.entities.empty())
    return fail(ErrorCode::kUsage, "an alert needs an entity",
                "name a column that holds one: --impacted device=DeviceId");
  if (alert.entities.size() > kMostEntities)
    return fail(ErrorCode::kUsage, fmt::format("an alert has at most {} entities, not {}",
                                               kMostEntities, alert.entities.size()));
  for (const AlertEntity& entity : alert.entities) {
    if (entity.value.empty() || entity.value.size() > kLongestValue)
      return fail(ErrorCode::kUsage, fmt::format("the value of a {} is empty or has more than {} "
                                                 "bytes",
                                                 entity.type, kLongestValue));
  }
  return ok();
}

std::string create_alert_body(const AlertInput& alert) {
  json::ObjectWriter input;
  input.text("title", alert.title)
      .text("severity", alert.severity)
      .text("category", alert.category)
      .text("description", alert.description)
      .text_if("recommendedActions", alert.recommended_actions)
      .raw_if("mitreTechniques", text_list(alert.techniques))
      // A number in the request, though answers have it as text.
      .raw_if("linkToIncident", alert.incident)
      .text_if("sentinelWorkspace", alert.workspace)
      .raw("entityDefinitions", entity_list(alert.entities));
  json::ObjectWriter body;
  body.raw("createAlertInput", input.take());
  return body.take();
}

std::string reference_body(const AlertInput& alert, const EventReference& event) {
  json::ObjectWriter body;
  body.text("machineId", event.machine_id)
      .text("eventTime", event.event_time)
      .text("reportId", event.report_id)
      .text("severity", reference_severity(alert.severity))
      .text("title", alert.title)
      .text("description", alert.description)
      // All members are required.
      .text("recommendedAction",
            alert.recommended_actions.empty() ? "See the description." : alert.recommended_actions)
      .text("category", alert.category);
  return body.take();
}

}  // namespace quarry::services::incidents
