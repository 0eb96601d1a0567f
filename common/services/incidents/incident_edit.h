// What people decide about an incident, in the same words for both services: who works on it, how
// it stands, what it was. Bodies that change it, and what the services tell about it.
#pragma once

#include "common/json/document.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarry::services::incidents {

/// Members without a value stay as they are; an empty one is taken off.
struct IncidentEdit {
  std::optional<std::string> status = {};  // new active closed; a word of the service's own stays
  std::optional<std::string> assigned_to = {};
  /// unknown falsePositive truePositive informationalExpectedActivity
  std::optional<std::string> classification = {};
  /// malware phishing …; Sentinel has no place for it
  std::optional<std::string> determination = {};

  bool is_empty() const { return !status && !assigned_to && !classification && !determination; }
  friend bool operator==(const IncidentEdit&, const IncidentEdit&) = default;
};

/// {"status":…,"assigned_to":…,…}, as plans and journals hold it.
std::string to_json(const IncidentEdit& edit);
IncidentEdit incident_edit_of_json(std::string_view json);
/// "status: closed; assigned to: ann"
std::string in_words(const IncidentEdit& edit);

/// The members of `wanted` that `there` has otherwise, with its values: what takes the edit back.
IncidentEdit way_back(const IncidentEdit& wanted, const IncidentEdit& there);

/// All members, of an incident of Graph.
IncidentEdit defender_standing(const json::Node& incident);
std::string defender_edit_body(const IncidentEdit& edit);

/// All members but the determination, of an incident's `properties` at Resource Manager.
IncidentEdit sentinel_standing(const json::Node& properties);
/// The whole incident as it is put back: what it holds and may be written, with the edit in it.
std::string sentinel_edit_body(const json::Node& properties, const IncidentEdit& edit);

}  // namespace quarry::services::incidents
