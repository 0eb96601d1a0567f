// The bodies of requests that make alerts at Defender: createAlert of Graph (beta), and
// CreateAlertByReference of Defender for Endpoint.
#pragma once

#include "common/base/result.h"

#include <string>
#include <vector>

namespace quarry::services::incidents {

struct AlertEntity {
  std::string type;        // "device"
  std::string identifier;  // "deviceId"
  std::string value;
  bool impacted = false;  // else related evidence
};

/// What an alert says, whichever way it is made.
struct AlertInput {
  std::string title;
  std::string severity;  // informational low medium high
  std::string category;
  std::string description;
  std::string recommended_actions;
  std::vector<std::string> techniques = {};
  std::vector<AlertEntity> entities = {};
  std::string incident = {};   // its number; "": a new one
  std::string workspace = {};  // of Sentinel; "": none is named
};

inline constexpr std::size_t kMostEntities = 100;
inline constexpr std::size_t kLongestDescription = 5000;  // characters; bytes are counted

/// kUsage where the service would refuse it: no entity or too many, a text too long or missing.
Result<void> check(const AlertInput& alert);
/// {"createAlertInput":{…}}
std::string create_alert_body(const AlertInput& alert);

/// The event of a device that an alert refers to.
struct EventReference {
  std::string machine_id;
  std::string event_time;  // with all seven digits, as the event has it
  std::string report_id;
};
/// Severities are Low, Medium, High here: an informational one becomes Low.
std::string reference_body(const AlertInput& alert, const EventReference& event);

}  // namespace quarry::services::incidents
