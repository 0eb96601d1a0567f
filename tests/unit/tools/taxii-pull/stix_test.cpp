#include "common/json/byte_masks.h"
#include "common/time/format.h"
#include "tools/taxii-pull/stix/context.h"
#include "tools/taxii-pull/stix/timestamp.h"
#include "tools/taxii-pull/stix/version_index.h"

#include <doctest/doctest.h>

#include <random>
#include <unordered_map>

namespace quarry::taxii_pull::stix {
namespace {

std::string padded(std::string text) {
  text.reserve(text.size() + json::kScanPadding);
  return text;
}

TEST_CASE("times with any number of digits and with offsets are instants") {
  const auto shown = [](std::string_view text) {
    const auto at = parse_timestamp(text);
    return at ? to_string(*at) : "none";
  };
  CHECK(shown("2024-01-02T03:04:05Z") == "2024-01-02T03:04:05.0000000Z");
  CHECK(shown("2024-01-02T03:04:05.123456789Z") == "2024-01-02T03:04:05.1234567Z");
  CHECK(shown("2024-01-02T03:04:05.123456789+02:00") == "2024-01-02T01:04:05.1234567Z");
  CHECK(shown("soon") == "none");
  CHECK(shown("") == "none");
}

TEST_CASE("the index knows what a map knows, while it grows") {
  VersionIndex index;
  std::unordered_map<std::uint64_t, std::uint64_t> oracle;
  std::mt19937_64 random(7);
  for (std::uint64_t i = 0; i < 50'000; ++i) {
    const std::uint64_t id = id_hash("indicator--" + std::to_string(random() % 30'000));
    if (VersionIndex::Entry* const known = index.find(id)) {
      CHECK(oracle.at(id) == known->position);
      known->position = oracle[id] = i;
    } else {
      CHECK(oracle.emplace(id, i).second);
      index.insert({id, 1, i});
    }
  }
  CHECK(index.size() == oracle.size());
}

TEST_CASE("names are found over relationships in any order; what was revoked is not") {
  Context context;
  ObjectReader reader;
  const auto add = [&](const std::string& json) {
    const std::string text = padded(json);
    REQUIRE(reader.read(text));
    context.add(reader);
  };
  add(R"({"type":"relationship","id":"relationship--2","relationship_type":"uses","source_ref":"malware--1","target_ref":"intrusion-set--1"})");
  add(R"({"type":"relationship","id":"relationship--1","relationship_type":"indicates","source_ref":"indicator--1","target_ref":"malware--1"})");
  add(R"({"type":"intrusion-set","id":"intrusion-set--1","name":"Crew"})");
  add(R"({"type":"malware","id":"malware--1","name":"Bad"})");
  CHECK(context.of("indicator--1").malware == std::vector<std::string>{"Bad"});
  CHECK(context.of("indicator--1").activity_groups == std::vector<std::string>{"Crew"});
  CHECK(context.of("indicator--2").malware.empty());
  add(R"({"type":"malware","id":"malware--1","name":"Bad","revoked":true})");
  CHECK(context.of("indicator--1").malware.empty());
}

TEST_CASE("markings say their level by id, definition, extension or name") {
  Context context;
  ObjectReader reader;
  const auto level_of = [&](const std::string& json) -> std::string {
    const std::string text = padded(json);
    REQUIRE(reader.read(text));
    const auto level = tlp_of_marking(reader);
    return level ? std::string(exact_name(*level)) : "none";
  };
  CHECK(
      level_of(
          R"({"type":"marking-definition","id":"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"})") ==
      "TLP:RED");
  CHECK(
      level_of(
          R"({"type":"marking-definition","id":"m","definition_type":"tlp","definition":{"tlp":"amber"}})") ==
      "TLP:AMBER");
  CHECK(
      level_of(
          R"({"type":"marking-definition","id":"m","extensions":{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":{"tlp_2_0":"amber+strict"}}})") ==
      "TLP:AMBER+STRICT");
  CHECK(level_of(R"({"type":"marking-definition","id":"m","name":"TLP:CLEAR"})") == "TLP:CLEAR");
  CHECK(level_of(R"({"type":"marking-definition","id":"m","name":"red team"})") == "none");
}

}  // namespace
}  // namespace quarry::taxii_pull::stix
