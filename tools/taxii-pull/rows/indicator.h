// What all rows of one indicator have in common, gathered from the object and its surroundings.
#pragma once

#include "common/time/ticks.h"
#include "tools/taxii-pull/stix/context.h"
#include "tools/taxii-pull/stix/object.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull {

/// Phases of the Lockheed Martin kill chain that have a column.
struct KillChain {
  bool reconnaissance = false;
  bool weaponization = false;
  bool delivery = false;
  bool exploitation = false;
  bool command_and_control = false;
  bool actions = false;
  std::vector<std::string> others;  // "chain:phase" of other chains, and installation
};

struct Indicator {
  std::string id;
  std::string provider;  // the maker's name; "" where unknown
  std::optional<Datetime> created;
  std::optional<Datetime> modified;
  std::optional<Datetime> valid_from;
  std::optional<Datetime> valid_until;
  bool revoked = false;
  std::optional<std::int64_t> confidence;
  std::string threat_type;
  std::vector<std::string> tags;
  std::string description;
  std::string pattern;
  std::string pattern_type;  // "stix" where the object does not say
  stix::Surroundings surroundings;
  KillChain kill_chain;
  std::optional<stix::Tlp> tlp;
  std::vector<std::string> unknown_markings;  // ids
  std::string external_references;            // JSON
  std::string language;
  std::string json;  // the object
};

Indicator read_indicator(stix::ObjectReader& object, const stix::Context& context);

/// ["a","b"]; "" where there is none.
std::string json_list(const std::vector<std::string>& texts);

}  // namespace quarry::taxii_pull
