// Words of a case into those of each service, and back.
#include "common/services/incidents/incident_edit.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::services::incidents;

namespace {

IncidentEdit standing_of(const std::string& properties) {
  return sentinel_standing(json::Document::parse(properties, "test")->root());
}

std::string put_back(const std::string& properties, const IncidentEdit& edit) {
  return sentinel_edit_body(json::Document::parse(properties, "test")->root(), edit);
}

}  // namespace

TEST_CASE("only what is to change stands in the body for Defender, and nobody is null") {
  CHECK(defender_edit_body({.status = "closed", .classification = "truePositive"}) ==
        R"({"status":"resolved","classification":"truePositive"})");
  CHECK(defender_edit_body({.assigned_to = ""}) == R"({"assignedTo":null})");
  CHECK(defender_edit_body({.status = "inProgress", .determination = ""}) ==
        R"({"status":"inProgress","determination":"unknown"})");
}

TEST_CASE("an incident of Sentinel is put back whole, without what the service makes itself") {
  const std::string there =
      R"({"title":"T","severity":"High","status":"New","owner":{"objectId":"o"},"labels":[{"labelName":"x"}],)"
      R"("incidentNumber":7,"etag":"1"})";
  CHECK(
      put_back(there, {.status = "active"}) ==
      R"({"properties":{"title":"T","severity":"High","labels":[{"labelName":"x"}],"owner":{"objectId":"o"},"status":"Active"}})");
  CHECK(
      put_back(there, {.status = "closed", .classification = "informationalExpectedActivity"}) ==
      R"({"properties":{"title":"T","severity":"High","labels":[{"labelName":"x"}],"owner":{"objectId":"o"},"status":"Closed",)"
      R"("classification":"BenignPositive","classificationReason":"SuspiciousButExpected"}})");
  CHECK(put_back(there, {.status = "closed"}).find(R"("classification":"Undetermined")") !=
        std::string::npos);
}

TEST_CASE("a verdict goes when an incident is opened again, and stays while it is closed") {
  const std::string there =
      R"({"title":"T","severity":"High","status":"Closed","classification":"FalsePositive","classificationComment":"c"})";
  CHECK(put_back(there, {.status = "active"}) ==
        R"({"properties":{"title":"T","severity":"High","status":"Active"}})");
  CHECK(
      put_back(there, {.assigned_to = "ann@corp.example"}).find(R"("classificationComment":"c")") !=
      std::string::npos);
  CHECK(standing_of(there).classification == "falsePositive");
  CHECK(standing_of(there).status == "closed");
}

TEST_CASE("the way back holds what was otherwise, and only that") {
  const IncidentEdit wanted{.status = "closed", .assigned_to = "ann"};
  const IncidentEdit there{.status = "active", .assigned_to = "ann", .classification = "unknown"};
  CHECK(way_back(wanted, there) == IncidentEdit{.status = "active"});
  CHECK(way_back({.assigned_to = "ann"}, {.assigned_to = ""}) == IncidentEdit{.assigned_to = ""});
  CHECK(incident_edit_of_json(to_json(wanted)) == wanted);
  CHECK(in_words({.status = "closed", .assigned_to = ""}) == "status: closed; assigned to: none");
}
