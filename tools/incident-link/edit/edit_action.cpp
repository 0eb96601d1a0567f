#include "tools/incident-link/edit/edit_action.h"

#include "common/json/object_writer.h"
#include "common/json/raw_object.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

namespace quarry::incident_link {

using services::incidents::IncidentEdit;

actions::Action edit_action(const Target& target, const EditInput& input) {
  json::ObjectWriter parameters;
  parameters.text("case", input.case_id)
      .text("folder", input.folder)
      .text("run", input.run)
      .raw("changes", services::incidents::to_json(input.edit))
      .text_if("comment", input.comment);
  const std::string words = services::incidents::in_words(input.edit);
  return {.name = std::string(kEditIncident),
          .tenant = target.place,
          .level = actions::Level::kReversible,
          .what = fmt::format("{}: {}", in_words(target), words.empty() ? "comment" : words),
          .target = to_json(target),
          .parameters = parameters.take()};
}

EditInput edit_input_of(const actions::Action& action) {
  const DynamicView view(action.parameters);
  const auto text = [&view](std::string_view key) {
    return json::string_of(view.member(key).json());
  };
  return {.case_id = text("case"),
          .folder = text("folder"),
          .run = text("run"),
          .edit = services::incidents::incident_edit_of_json(view.member("changes").json()),
          .comment = text("comment")};
}

actions::Action undo_of(const Target& target, const EditInput& input, const IncidentEdit& before) {
  return edit_action(target, {.case_id = input.case_id,
                              .folder = input.folder,
                              .run = input.run + ".undo",
                              .edit = services::incidents::way_back(input.edit, before),
                              .comment = {}});
}

}  // namespace quarry::incident_link
