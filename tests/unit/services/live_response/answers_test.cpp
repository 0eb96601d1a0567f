#include "common/services/live_response/api.h"
#include "common/services/live_response/library.h"
#include "common/services/live_response/machine.h"
#include "common/services/live_response/machine_action.h"
#include "common/services/live_response/refusal.h"
#include "common/services/live_response/script_output.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::live_response;

namespace {

constexpr const char* kAction =
    R"({"@odata.context":"x","id":"7d0b5f2e","type":"LiveResponse","requestor":"5f3c","requestorComment":"case [quarry r/1]",)"
    R"("status":"inprogress","machineId":"0f1e","computerDnsName":"wks-0042","creationDateTimeUtc":"2026-11-20T09:12:01.1234567Z",)"
    R"("lastUpdateTimeUtc":"2026-11-20T09:13:01Z","troubleshootInfo":null,"commands":[)"
    R"({"index":3,"startTime":null,"endTime":null,"commandStatus":"Completed","errors":[],"command":{"type":"PutFile","params":[{"key":"FileName","value":"a.exe"}]}},)"
    R"({"index":4,"startTime":"2026-11-20T09:12:30Z","endTime":null,"commandStatus":"Completed","errors":["one",{"message":"two"},3],"command":{"type":"RunScript","params":[{"key":"ScriptName","value":"t.ps1"},{"key":"Args","value":"-a"}]}},)"
    R"({"index":5,"commandStatus":"Created","errors":[],"command":{"type":"GetFile","params":[{"key":"Path","value":"C:\\x"}]}}]})";

net::Response answer(int status, std::string body) {
  net::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

}  // namespace

TEST_CASE("an action is read with its commands, by the index that the service gives them") {
  const auto action = parse_action(kAction);
  REQUIRE(action);
  CHECK(action->status == ActionStatus::kInProgress);
  CHECK(action->updated == "2026-11-20T09:13:01Z");
  CHECK(action->comment == "case [quarry r/1]");
  CHECK(action->began());
  REQUIRE(action->commands.size() == 3);
  CHECK(!action->commands[0].has_result());  // PutFile leaves nothing
  CHECK(action->commands[1].has_result());
  CHECK(action->commands[1].index == 4);
  CHECK(action->commands[1].args == "-a");
  CHECK(action->commands[1].errors == "one; two; 3");
  CHECK(!action->commands[2].has_result());
}

TEST_CASE("a status is known in all its spellings, and an unknown one is not final") {
  CHECK(parse_status("TimeOut") == ActionStatus::kTimedOut);
  CHECK(parse_status("timedout") == ActionStatus::kTimedOut);
  CHECK(parse_status("Canceled") == ActionStatus::kCancelled);
  CHECK(!is_final(parse_status("Paused")));
}

TEST_CASE("what no session can run on is said before it is tried") {
  const auto why = [](const char* platform, const char* version, const char* onboarding) {
    Machine machine;
    machine.os_platform = platform;
    machine.os_version = version;
    machine.onboarding = onboarding;
    return why_unsupported(machine);
  };
  CHECK(why("Windows10", "1703", "onboarded") == "Windows 10 1703 is older than 1709");
  CHECK(why("Windows10", "22H2", "Onboarded").empty());
  CHECK(why("Windows10", "1809", "onboarded").empty());
  CHECK(why("Windows11", "23H2", "CanBeOnboarded") == "not onboarded (CanBeOnboarded)");
  CHECK(why("Windows7", "", "onboarded") == "Windows7 has no live response");
  CHECK(why("Linux", "", "onboarded").empty());
}

TEST_CASE("refusals are sorted by what to do about them") {
  const auto kind = [](int status, const char* code) {
    return classify(answer(
        status, std::string(R"({"error":{"code":")") + code + R"(","message":"m","target":"t"}})"));
  };
  CHECK(kind(400, "ActiveRequestAlreadyExists") == Refusal::kBusy);
  CHECK(kind(400, "ClientVersionNotSupported") == Refusal::kUnsupported);
  CHECK(kind(400, "InvalidRequestBody") == Refusal::kStop);
  CHECK(kind(403, "Forbidden") == Refusal::kStop);
  CHECK(kind(403, "DisallowedOperation") == Refusal::kItem);
  CHECK(kind(404, "ResourceNotFound") == Refusal::kItem);
  CHECK(kind(429, "TooManyRequests") == Refusal::kThrottled);
  CHECK(kind(503, "Whatever") == Refusal::kFailing);
  CHECK(classify(answer(502, "<html>bad gateway</html>")) == Refusal::kFailing);
  CHECK(classify(answer(403, "")) == Refusal::kStop);
  CHECK(classify(answer(400, R"({"error":{"message":"Action is already in progress"}})")) ==
        Refusal::kBusy);
}

TEST_CASE("a link may stand in quotes of its own") {
  CHECK(*parse_link(R"({"value":"https://s/x?sig=a"})") == "https://s/x?sig=a");
  CHECK(*parse_link(R"({"value":"\"https://s/x\""})") == "https://s/x");
  CHECK(!parse_link(R"({"value":null})"));
  CHECK(!parse_link("<html>"));
}

TEST_CASE("answers that are cut, garbled or hostile never do more than fail") {
  const std::vector<std::string> seeds{
      kAction,
      R"({"value":[{"id":"a","machineTags":["x"],"ipAddresses":[{"ipAddress":"1"}],"osBuild":7}]})",
      R"({"value":[{"fileName":"a","sha256":"AB","hasParameters":true}]})",
      R"({"script_name":"a","exit_code":-9223372036854775808,"script_output":"x\u0000","script_errors":""})",
      R"({"error":{"code":"X","message":"y","target":"z","innererror":{"code":1}}})",
      "<html><body>502</body></html>",
      std::string(2000, '['),
      R"({"value":"\ud800\"","commands":[[],{},null,1]})"};
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text = seeds[random() % seeds.size()];
    for (std::size_t i = random() % 6; i > 0 && !text.empty(); --i) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.resize(at);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 40));
          break;
        default:
          text.insert(at, 1, R"({}[]",:\)"[random() % 8]);
      }
    }
    static_cast<void>(parse_action(text).has_value());
    static_cast<void>(parse_actions(text).has_value());
    static_cast<void>(parse_machines(text).has_value());
    static_cast<void>(parse_library(text).has_value());
    static_cast<void>(parse_link(text).has_value());
    static_cast<void>(read_script_output(text).output.size());
    static_cast<void>(classify(answer(400, text)));
    CHECK(!explain(answer(400, text), "try", "P").message().empty());
  }
}
