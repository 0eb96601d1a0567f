#include "tools/incident-link/forms/rule.h"

#include "common/json/document.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::incident_link;

namespace {

RuleInput made_rule(const std::string& title) {
  CaseHead head;
  head.id = "73e01a99-5cd7-4139-a149-9f2736ff2ab5";
  head.title = title;
  head.severity = "high";
  head.category = "CredentialAccess";
  head.techniques = {"T1003.001"};
  std::vector<Row> rows;
  rows.push_back(*Row::parse(
      R"({"DeviceId":"d","DeviceName":"w","AccountSid":"S-1-5-21-1","RemoteIP":"1.1.1.1"})",
      "row"));
  return rule_input(head, "T\n  | where a == \"b\"\n", rows, *EntityChoice::parse({}, {}));
}

}  // namespace

TEST_CASE("a rule of Defender is switched off and does nothing to anyone") {
  const auto document =
      json::Document::parse(defender_rule(made_rule("a \"quoted\" title")), "rule");
  REQUIRE(document);
  const json::Node root = document->root();
  CHECK(root.find("isEnabled").as_bool() == false);
  CHECK(root.find("displayName").as_string() == "a \"quoted\" title");
  const json::Node action = root.find("detectionAction");
  CHECK(action.find("responseActions").size() == 0);
  const json::Node assets = action.find("alertTemplate").find("impactedAssets");
  REQUIRE(assets.size() == 2);
  CHECK(assets[0].find("identifier").as_string() == "deviceId");
  CHECK(assets[1].find("identifier").as_string() == "accountSid");
}

TEST_CASE("a rule of Sentinel keeps the query's lines and maps columns to entities") {
  const std::string rule = sentinel_rule(made_rule("a: \"quoted\" title"));
  CHECK(rule.find("name: \"a: \\\"quoted\\\" title\"\n") != std::string::npos);
  CHECK(rule.find("query: |2\n  T\n    | where a == \"b\"\n") != std::string::npos);
  CHECK(rule.find("tactics: [CredentialAccess]\n") != std::string::npos);
  CHECK(rule.find("entityType: Host\n    fieldMappings:\n      - identifier: FullName\n        "
                  "columnName: \"DeviceName\"\n") != std::string::npos);
  CHECK(rule.find("entityType: IP\n") != std::string::npos);
}

TEST_CASE("the ending says what a rule is, and it needs a query") {
  CHECK(check_rule_file("", ""));
  CHECK(check_rule_file("a.JSON", "T"));
  CHECK(check_rule_file("a.yml", "T"));
  CHECK_FALSE(check_rule_file("a.txt", "T"));
  CHECK_FALSE(check_rule_file("a.json", " \n"));
}
