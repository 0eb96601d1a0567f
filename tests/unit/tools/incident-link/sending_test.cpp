// What is sent, and that it is sent once: random faults between the tool and the strict service.
#include "tools/incident-link/send/sending.h"

#include "common/actions/plan_file.h"
#include "common/actions/runner.h"
#include "tests/fakes/incidents/defender_service.h"
#include "tests/unit/auth/bench.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/case/verify.h"
#include "tools/incident-link/link/add_rows.h"
#include "tools/incident-link/send/defender_actor.h"
#include "tools/incident-link/send/plan_sending.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::incident_link;

namespace {

constexpr int kGroups = 6;

std::vector<Row> made_rows() {
  std::vector<Row> rows;
  for (int i = 0; i < kGroups * 2; ++i)
    rows.push_back(*Row::parse(
        fmt::format(R"({{"Timestamp":"2026-11-20T06:38:{:02}Z","DeviceId":"d{}","ReportId":{}}})",
                    i, i % kGroups, i),
        "rows"));
  return rows;
}

fakes::IdentityOptions everything() {
  const std::vector<std::string> all{"SecurityAlert.Create.All", "SecurityIncident.ReadWrite.All",
                                     "SecurityData.Manage.All", "Alert.ReadWrite.All"};
  fakes::IdentityOptions options;
  options.permissions = {{fakes::DefenderService::kGraph, all},
                         {fakes::DefenderService::kMde, all}};
  return options;
}

/// One run of the tool's inside over a case on disk. True: everything is linked.
bool run_once(auth::Session& session, const std::string& folder, const std::vector<Row>& rows,
              const std::string& incident, Via via) {
  CaseHead head;
  head.title = "T";
  auto file = CaseFile::open_or_make(
      folder, head, {.run = "r", .by = "ann", .now = [&session] {
                       return kUnixEpochTicks +
                              static_cast<std::int64_t>(session.clock().wall() * kTicksPerSecond);
                     }});
  REQUIRE(file);
  LinkSettings settings;
  settings.via = via;
  settings.target = Target{.kind = TargetKind::kDefender, .place = "t", .incident = incident};
  const auto linked = *with_entities(rows, settings.choice);
  REQUIRE(add_rows(*file, linked, settings));
  CaseHead alert = file->state().head();
  alert.severity = "high";
  alert.category = "Execution";
  const auto plan = plan_sending(linked, {.state = file->state(),
                                          .settings = settings,
                                          .target = *settings.target,
                                          .alert = alert,
                                          .folder = folder,
                                          .run = "r"});
  REQUIRE(plan);
  std::vector<journal::Record> records;
  for (const actions::Action& action : plan->actions) {
    if (!file->state().sendings().contains(actions::key_of(action)))
      add_planned_records(action, "r", records);
  }
  REQUIRE(file->append(records));
  DefenderActor actor({.http = session.http(),
                       .clock = session.clock(),
                       .graph = session.connection().endpoint(auth::Service::kGraph),
                       .mde = session.connection().endpoint(auth::Service::kMde),
                       .target = *settings.target,
                       .made = file->state().made_incident(*settings.target),
                       .warn = [](const std::string&) {}});
  actions::Runner runner(plan->actions, actor, file->journal(), {});
  return runner.run().is_complete();
}

constexpr const char* kFaults[]{
    "POST /beta/security/alerts_v2/createAlert cut-after",
    "POST /beta/security/alerts_v2/createAlert cut-before",
    "POST /beta/security/alerts_v2/createAlert status=503",
    "POST /beta/security/alerts_v2/createAlert status=429 retry-after=5",
    "POST /beta/security/alerts_v2/createAlert cut-body=20",
    "POST /api/alerts/CreateAlertByReference cut-after",
    "POST /api/alerts/CreateAlertByReference status=500",
    "POST /v1.0/security/alerts_v2/moveAlerts cut-after",
    "POST /v1.0/security/alerts_v2/moveAlerts status=503",
    "POST /v1.0/security/incidents/*/comments cut-after",
    "POST /v1.0/security/incidents/*/comments html=502",
    "GET /v1.0/security/* html=502",
    "GET /v1.0/security/* cut-before",
    "GET /v1.0/security/alerts_v2* cut-body=30",
};

std::string marker_in(const std::string& text) {
  const std::size_t start = text.rfind("[link:");
  return start == std::string::npos ? "" : text.substr(start);
}

/// How often each group arrived.
std::map<std::string, int> arrived(const fakes::DefenderService& service, Via via) {
  std::map<std::string, int> counts;
  for (const fakes::FakeAlert& alert : service.alerts()) ++counts[marker_in(alert.description)];
  if (via == Via::kComment) {
    for (const auto& [id, incident] : service.incidents()) {
      for (const std::string& comment : incident.comments) ++counts[marker_in(comment)];
    }
  }
  return counts;
}

}  // namespace

TEST_CASE("whatever goes wrong on the way, every group is linked exactly once") {
  const std::vector<Row> rows = made_rows();
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const Via via = static_cast<Via>(seed % 3);
    const std::string incident = via == Via::kComment || seed % 2 == 0 ? "29002" : "new";
    unit::AuthBench bench(3000, everything());
    bench.use_secret();
    const fakes::DefenderService service(bench.cloud);
    std::mt19937 random(seed);
    for (int i = 0; i < 6; ++i)
      bench.cloud.faults().add(
          fmt::format("{} skip={}", kFaults[random() % std::size(kFaults)], random() % 4));
    const auto session = bench.open();
    REQUIRE(session);
    int runs = 1;
    while (!run_once(**session, bench.folder / "case", rows, incident, via) && runs < 12) ++runs;
    CAPTURE(seed);
    CHECK(runs < 12);
    const std::map<std::string, int> counts = arrived(service, via);
    CHECK(counts.size() == kGroups);
    for (const auto& [marker, count] : counts) CHECK(count == 1);
    for (const fakes::FakeAlert& alert : service.alerts())
      CHECK(alert.incident == service.alerts().front().incident);
    CHECK(run_once(**session, bench.folder / "case", rows, incident, via));
    CHECK(arrived(service, via) == counts);
    CHECK(verify_case(bench.folder / "case", ""));
    bench.check_clean();
  }
}

TEST_CASE("killed between a plan and its rows' records: each group is linked once all the same") {
  const std::vector<Row> rows = made_rows();
  unit::AuthBench bench(3000, everything());
  bench.use_secret();
  const fakes::DefenderService service(bench.cloud);
  const auto session = bench.open();
  const std::string folder = bench.folder / "case";
  REQUIRE(session);
  {
    CaseHead head;
    head.title = "T";
    auto file = CaseFile::open_or_make(folder, head, {.run = "r", .by = "ann"});
    LinkSettings settings;
    settings.target = Target{.kind = TargetKind::kDefender, .place = "t", .incident = "new"};
    const auto linked = *with_entities(rows, settings.choice);
    REQUIRE(add_rows(*file, linked, settings));
    CaseHead alert = file->state().head();
    alert.severity = "high";
    alert.category = "Execution";
    const auto plan = plan_sending(linked, {.state = file->state(),
                                            .settings = settings,
                                            .target = *settings.target,
                                            .alert = alert,
                                            .folder = folder,
                                            .run = "r"});
    std::vector<journal::Record> records;
    for (const actions::Action& action : plan->actions) {
      std::vector<journal::Record> of_action;
      add_planned_records(action, "r", of_action);
      // The plan, and the first of its two rows.
      records.insert(records.end(), of_action.begin(), of_action.begin() + 2);
    }
    REQUIRE(file->append(records));
  }
  CHECK(run_once(**session, folder, rows, "new", Via::kCreateAlert));
  CHECK(run_once(**session, folder, rows, "new", Via::kCreateAlert));
  CHECK(service.alerts().size() == kGroups);
}

TEST_CASE("a description never grows too long, and counts what has no place in it") {
  actions::Action action{.name = "createAlert"};
  SendingInput input;
  input.alert.description = std::string(3000, 'd');
  for (int i = 0; i < 100; ++i) input.text += fmt::format("{}line {}", i == 0 ? "" : "\n", i);
  const std::string text = full_text(action, input, 1000);
  CHECK(text.size() <= 1000);
  CHECK(text.find("line 0\n") != std::string::npos);
  CHECK(text.find(" more rows, in the case\n[link:") != std::string::npos);
  CHECK(text.ends_with(marker_of(action)));
}
