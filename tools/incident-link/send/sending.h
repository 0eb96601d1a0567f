// A group of rows on its way to an incident, as an action that can be planned, reviewed, journaled
// and looked up again.
#pragma once

#include "common/actions/action.h"
#include "tools/incident-link/case/case_head.h"
#include "tools/incident-link/case/target.h"
#include "tools/incident-link/entities/entity.h"
#include "tools/incident-link/link/link_settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

inline constexpr std::string_view kCreateAlert = "createAlert";
inline constexpr std::string_view kReferenceAlert = "createAlertByReference";
inline constexpr std::string_view kCommentIncident = "commentIncident";
inline constexpr std::string_view kLinkToSentinel = "linkToSentinel";

/// What an action's parameters say.
struct SendingInput {
  CaseHead alert;  // title, severity, category, techniques, description, recommended action; id of
                   // the case
  std::string folder;             // of the case
  std::string group;              // "device:0f1e…"
  std::vector<Entity> entities;   // at most as many as an alert takes
  std::vector<std::string> rows;  // sha256
  std::string text;               // the rows in words
  std::string query;              // Sentinel keeps it with a bookmark; else ""
  std::string workspace;          // named in an alert of Defender; else ""
  std::string machine_id;         // of an alert by reference: the event
  std::string event_time;
  std::string report_id;
  std::string first_time;  // of the rows
  std::string last_time;
};

std::string to_json(const SendingInput& input);
SendingInput sending_input_of(const actions::Action& action);

/// "[link:0123456789abcdef]": stands in what is sent, so that it is found when an answer was lost.
std::string marker_of(const actions::Action& action);

/// description, rows and marker, within so many bytes: rows that have no place are counted.
std::string full_text(const actions::Action& action, const SendingInput& input, std::size_t bytes);

}  // namespace quarry::incident_link
