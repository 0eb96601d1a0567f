#include "common/services/live_response/api.h"

#include <doctest/doctest.h>

#include <vector>

using namespace quarry;
using namespace quarry::live_response;

namespace {
const Api kApi("https://api.example", "scope");
}

TEST_CASE("a submission has the service's spelling and is never repeated blindly") {
  const std::vector<Command> commands{{CommandType::kPutFile, "a.exe"},
                                      {CommandType::kRunScript, "t.ps1", "-Out C:\\x"},
                                      {CommandType::kGetFile, "C:\\x"}};
  const net::Request request = kApi.submit("0f1e", "why", to_json(commands));
  CHECK(request.url == "https://api.example/api/machines/0f1e/runliveresponse");
  CHECK(
      request.body ==
      R"({"Comment":"why","Commands":[{"type":"PutFile","params":[{"key":"FileName","value":"a.exe"}]},)"
      R"({"type":"RunScript","params":[{"key":"ScriptName","value":"t.ps1"},{"key":"Args","value":"-Out C:\\x"}]},)"
      R"({"type":"GetFile","params":[{"key":"Path","value":"C:\\x"}]}]})");
  CHECK(request.repeat == net::Repeat::kLookUp);
  CHECK(!request.wait_when_throttled);
  CHECK(request.scope == "scope");
}

TEST_CASE("names cannot change the path or the filter") {
  CHECK(kApi.machine("a/../b?c").url == "https://api.example/api/machines/a%2F..%2Fb%3Fc");
  CHECK(kApi.remove("a b.ps1").url == "https://api.example/api/libraryfiles/a%20b.ps1");
  CHECK(odata_text("it's") == "'it''s'");
  CHECK(kApi.result_link("7d0b", 3).url ==
        "https://api.example/api/machineactions/7d0b/GetLiveResponseResultDownloadLink(index=3)");
  CHECK(kApi.actions("a eq 'b'").url ==
        "https://api.example/api/machineactions?$filter=a%20eq%20%27b%27&$top=10000");
}
