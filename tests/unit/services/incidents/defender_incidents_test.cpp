// The client of Graph's incidents against the strict fake.
#include "common/services/incidents/defender_incidents.h"

#include "common/net/client.h"
#include "common/net/curl_http.h"
#include "tests/fakes/incidents/defender_service.h"
#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace quarry;
using namespace quarry::services::incidents;

namespace {

fakes::IdentityOptions with(std::vector<std::string> permissions) {
  fakes::IdentityOptions options;
  options.permissions = {{fakes::DefenderService::kGraph, permissions},
                         {fakes::DefenderService::kMde, permissions}};
  return options;
}

struct Bench : unit::AuthBench {
  explicit Bench(std::vector<std::string> permissions)
      : AuthBench(1000, with(std::move(permissions))), service(cloud) {
    use_secret();
    session = *open();
    incidents = std::make_unique<DefenderIncidents>(
        session->http(), session->connection().endpoint(auth::Service::kGraph));
  }
  fakes::DefenderService service;
  std::unique_ptr<auth::Session> session;
  std::unique_ptr<DefenderIncidents> incidents;
};

AlertInput alert(const std::string& marker, const std::string& incident = "29001") {
  return {.title = "T",
          .severity = "high",
          .category = "Execution",
          .description = "D " + marker,
          .recommended_actions = {},
          .entities = {{"device", "deviceId", "d1", true}},
          .incident = incident};
}

}  // namespace

TEST_CASE("a merged incident is followed, a missing one is an error that names it") {
  Bench bench({"SecurityIncident.Read.All"});
  CHECK(bench.incidents->incident("29002")->id == "29001");
  CHECK(bench.incidents->incident("29001")->id == "29001");
  const auto missing = bench.incidents->incident("1");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message().find("read incident 1") != std::string::npos);
}

TEST_CASE("a new alert is found by its marker once Graph shows it, in any incident") {
  Bench bench({"SecurityAlert.Create.All", "SecurityIncident.Read.All"});
  const Datetime since{kUnixEpochTicks +
                       static_cast<std::int64_t>(bench.cloud.clock().wall() * kTicksPerSecond)};
  for (int i = 0; i < 30; ++i)
    REQUIRE(bench.incidents->create_alert(create_alert_body(alert("[link:other]", ""))).is_done());
  const Sent sent = bench.incidents->create_alert(create_alert_body(alert("[link:mine]")));
  REQUIRE(sent.is_done());
  const auto made = bench.incidents->read_alert(sent.body);
  REQUIRE(made);
  CHECK(made->incident == "29001");
  while (!*bench.incidents->alert(made->id)) {
  }
  CHECK((*bench.incidents->find_alert("[link:mine]", "29001", since))->id == made->id);
  CHECK((*bench.incidents->find_alert("[link:mine]", "", since))->id == made->id);
  // It lies on a later page, and in another incident than expected.
  CHECK((*bench.incidents->find_alert("[link:mine]", "29003", since))->id == made->id);
  CHECK_FALSE(*bench.incidents->find_alert("[link:nobody's]", "29001", since));
  bench.check_clean();
}

TEST_CASE("a lost answer is uncertain, a refusal is not") {
  Bench bench({"SecurityAlert.Create.All"});
  bench.cloud.faults().add("POST /beta/security/alerts_v2/createAlert cut-after");
  const Sent lost = bench.incidents->create_alert(create_alert_body(alert("m")));
  CHECK_FALSE(lost.is_done());
  CHECK(lost.is_uncertain);
  CHECK(bench.service.alerts().size() == 1);
  const Sent refused = bench.incidents->create_alert(create_alert_body(alert("m", "5")));
  CHECK(refused.status == 404);
  CHECK_FALSE(refused.is_uncertain);
  const Sent forbidden =
      bench.incidents->add_comment("29001", DefenderIncidents::comment_body("c"));
  CHECK(forbidden.error->hint() == "it needs the permission SecurityIncident.ReadWrite.All");
}
