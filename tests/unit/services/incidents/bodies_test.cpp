#include "common/services/incidents/alert_input.h"
#include "common/services/incidents/sentinel_bodies.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::services::incidents;

namespace {

AlertInput usual_alert() {
  return {.title = "T",
          .severity = "high",
          .category = "Execution",
          .description = "D",
          .recommended_actions = {},
          .entities = {{"device", "deviceId", "d1", true}}};
}

}  // namespace

TEST_CASE("names of version 5 are those that everybody gets") {
  // RFC 9562's DNS name space; the value that Python's uuid module documents.
  CHECK(name_guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "python.org") ==
        "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  CHECK(name_guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "a") !=
        name_guid("6ba7b811-9dad-11d1-80b4-00c04fd430c8", "a"));
}

TEST_CASE("an incident's number is a number in createAlert, and left out for a new one") {
  AlertInput alert = usual_alert();
  CHECK(create_alert_body(alert).find("linkToIncident") == std::string::npos);
  alert.incident = "29001";
  CHECK(create_alert_body(alert).find("\"linkToIncident\":29001,") != std::string::npos);
}

TEST_CASE("an alert that would be refused is not sent") {
  CHECK(check(usual_alert()));
  AlertInput alert = usual_alert();
  alert.entities.clear();
  CHECK(check(alert).error().code() == ErrorCode::kUsage);
  alert = usual_alert();
  alert.entities.resize(101, alert.entities.front());
  CHECK_FALSE(check(alert));
  alert = usual_alert();
  alert.description.assign(5001, 'x');
  CHECK_FALSE(check(alert));
  alert = usual_alert();
  alert.entities[0].value.assign(1001, 'x');
  CHECK_FALSE(check(alert));
}

TEST_CASE("an alert by reference has every member, as texts, and a severity that exists there") {
  AlertInput alert = usual_alert();
  alert.severity = "informational";
  const std::string body = reference_body(alert, {"d1", "2026-11-20T06:38:35.7115183Z", "4711"});
  CHECK(
      body ==
      R"({"machineId":"d1","eventTime":"2026-11-20T06:38:35.7115183Z","reportId":"4711",)"
      R"("severity":"Low","title":"T","description":"D","recommendedAction":"See the description.",)"
      R"("category":"Execution"})");
}

TEST_CASE("a bookmark holds its row as text") {
  CHECK(
      bookmark_body({.display_name = "n", .query = "q", .row = R"({"a":"b"})"}) ==
      R"({"properties":{"displayName":"n","query":"q","queryResult":"{\"a\":\"b\"}","labels":[]}})");
  CHECK(sentinel_incident_body({.title = "T", .severity = "high", .description = {}}) ==
        R"({"properties":{"title":"T","severity":"High","status":"New"}})");
}
