// What a case is about: the content of case.json, and of the records that change it.
#pragma once

#include "common/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

struct CaseHead {
  std::string id = {};  // a GUID: what is sent from this case is named after it
  std::string title = {};
  std::string severity = "medium";
  std::string category = {};
  std::vector<std::string> techniques = {};
  std::string description = {};
  std::string recommended_action = {};
  std::string status = "new";
  std::string assigned_to = {};
  std::string classification = {};
  std::string determination = {};
  std::string created = {};  // instants with seven digits
  std::string updated = {};

  friend bool operator==(const CaseHead&, const CaseHead&) = default;
};

/// One line.
std::string to_json(const CaseHead& head);
/// kData where the text is no head of a case.
Result<CaseHead> parse_case_head(std::string_view json, const std::string& name);

/// new active closed
bool is_status(std::string_view word);
/// informational low medium high
bool is_severity(std::string_view word);

}  // namespace quarry::incident_link
