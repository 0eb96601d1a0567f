#include "tools/incident-link/send/sending.h"

#include "common/base/text.h"
#include "common/json/object_writer.h"
#include "common/json/raw_object.h"
#include "common/value/dynamic.h"
#include "tools/incident-link/rows/row_facts.h"

#include <fmt/format.h>

namespace quarry::incident_link {
namespace {

constexpr std::size_t kMarkerDigits = 16;

std::string text_list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json::quoted(text);
  return out + "]";
}

std::vector<std::string> texts_of(const DynamicView& list) {
  std::vector<std::string> texts;
  ArrayCursor cursor(list);
  for (DynamicView element; cursor.next(element);) texts.push_back(json::string_of(element.json()));
  return texts;
}

}  // namespace

std::string to_json(const SendingInput& input) {
  json::ObjectWriter writer;
  writer.text("case", input.alert.id)
      .text("folder", input.folder)
      .text("title", input.alert.title)
      .text("severity", input.alert.severity)
      .text("category", input.alert.category)
      .text_if("description", input.alert.description)
      .text_if("recommended_action", input.alert.recommended_action);
  if (!input.alert.techniques.empty()) writer.raw("techniques", text_list(input.alert.techniques));
  writer.text("group", input.group)
      .raw("entities", to_json(input.entities))
      .raw("rows", text_list(input.rows))
      .text("text", input.text)
      .text_if("query", input.query)
      .text_if("workspace", input.workspace)
      .text_if("machine_id", input.machine_id)
      .text_if("event_time", input.event_time)
      .text_if("report_id", input.report_id)
      .text_if("first_time", input.first_time)
      .text_if("last_time", input.last_time);
  return writer.take();
}

SendingInput sending_input_of(const actions::Action& action) {
  const DynamicView view(action.parameters);
  const auto text = [&view](std::string_view key) {
    return json::string_of(view.member(key).json());
  };
  SendingInput input;
  input.alert.id = text("case");
  input.alert.title = text("title");
  input.alert.severity = text("severity");
  input.alert.category = text("category");
  input.alert.description = text("description");
  input.alert.recommended_action = text("recommended_action");
  input.alert.techniques = texts_of(view.member("techniques"));
  input.folder = text("folder");
  input.group = text("group");
  input.entities = entities_of_json(view.member("entities").json());
  input.rows = texts_of(view.member("rows"));
  input.text = text("text");
  input.query = text("query");
  input.workspace = text("workspace");
  input.machine_id = text("machine_id");
  input.event_time = text("event_time");
  input.report_id = text("report_id");
  input.first_time = text("first_time");
  input.last_time = text("last_time");
  return input;
}

std::string marker_of(const actions::Action& action) {
  return fmt::format("[link:{}]", actions::key_of(action).substr(0, kMarkerDigits));
}

std::string full_text(const actions::Action& action, const SendingInput& input, std::size_t bytes) {
  const std::string marker = marker_of(action);
  // What counts the rows that are left out, the marker, line ends.
  constexpr std::size_t kReserve = 80;
  const std::size_t limit = bytes - marker.size() - kReserve;
  std::string out = cut_text(input.alert.description, limit / 2);
  if (!out.empty()) out += "\n\n";
  const std::vector<std::string_view> lines = text::split(input.text, '\n');
  std::size_t shown = 0;
  for (const std::string_view line : lines) {
    if (out.size() + line.size() + 1 > limit) break;
    out += line;
    out += '\n';
    ++shown;
  }
  if (shown < lines.size())
    out += fmt::format("and {} more rows, in the case\n", lines.size() - shown);
  return out + marker;
}

}  // namespace quarry::incident_link
