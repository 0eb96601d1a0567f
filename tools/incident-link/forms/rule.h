// A rule that goes on looking for what a hunt found, to be reviewed and put in place by people:
// a custom detection of Defender, or an analytics rule of Sentinel. It never acts on anything.
#pragma once

#include "tools/incident-link/case/case_head.h"
#include "tools/incident-link/entities/entity_choice.h"
#include "tools/incident-link/rows/row.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

struct RuleInput {
  CaseHead head;      // title, severity, category, techniques …
  std::string query;  // KQL
  /// That name impacted entities, each once.
  std::vector<ChosenColumn> impacted;
  std::vector<ChosenColumn> related;
};

RuleInput rule_input(const CaseHead& head, std::string query, std::span<const Row> rows,
                     const EntityChoice& choice);

/// Of Graph's security/rules/detectionRules, switched off.
std::string defender_rule(const RuleInput& input);
/// A scheduled analytics rule in YAML.
std::string sentinel_rule(const RuleInput& input);

/// The file says which: .json is Defender's, .yaml and .yml Sentinel's. kUsage for another ending,
/// or where there is no query.
Result<void> check_rule_file(const std::string& path, std::string_view query);
Result<void> write_rule(const std::string& path, const RuleInput& input);

}  // namespace quarry::incident_link
