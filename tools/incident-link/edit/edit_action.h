// A change of an incident - how it stands, who works on it, what it was - as an act that can be
// planned, journaled and taken back.
#pragma once

#include "common/actions/action.h"
#include "common/services/incidents/incident_edit.h"
#include "tools/incident-link/case/target.h"

#include <string>
#include <string_view>

namespace quarry::incident_link {

inline constexpr std::string_view kEditIncident = "editIncident";

struct EditInput {
  std::string case_id;
  std::string folder;  // of the case
  /// Status, owner and so on may come back to what they were: the same edit in a later run is
  /// another act.
  std::string run;
  services::incidents::IncidentEdit edit;
  std::string comment;  // "" none
};

actions::Action edit_action(const Target& target, const EditInput& input);
EditInput edit_input_of(const actions::Action& action);
/// What gives the incident back what `before` says of it.
actions::Action undo_of(const Target& target, const EditInput& input,
                        const services::incidents::IncidentEdit& before);

}  // namespace quarry::incident_link
