// Everything that a case knows, in the order of time: events, findings, notes, changes, what was
// sent.
#pragma once

#include "common/time/ticks.h"
#include "tools/incident-link/case/case_state.h"

#include <string>
#include <vector>

namespace quarry::incident_link {

struct TimelineItem {
  Datetime time;
  bool dated = true;   // false: the row has no time; it stands where it came into the case
  std::string source;  // "DeviceProcessEvents", "lr.result", "note", "change", "link"
  std::string what;
  std::string entities;  // "device:0f1e…, user:…"
  std::string flag;      // "red: first contact"
  std::string by;
  const CaseRow* row = nullptr;  // of the state; nullptr of what is no row
};

std::vector<TimelineItem> timeline_of(const CaseState& state);

/// "0f1e2d3c… (device), …" at most so many of the impacted ones, then how many there are more.
std::string entities_in_words(const std::vector<Entity>& entities, std::size_t most);

}  // namespace quarry::incident_link
