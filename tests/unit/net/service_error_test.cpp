#include "common/net/service_error.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::net;

namespace {

Response answer(int status, std::string body, std::vector<Header> headers = {}) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  return response;
}

}  // namespace

TEST_CASE("errors of Defender and Graph give code, message and the id for support") {
  const auto defender = read_service_error(answer(
      400,
      R"({"error":{"code":"ActiveRequestAlreadyExists","message":"in progress","target":"T1"}})"));
  CHECK(defender.code == "ActiveRequestAlreadyExists");
  CHECK(defender.message == "in progress");
  CHECK(defender.request_id == "T1");
  const auto graph = read_service_error(answer(
      403, R"({"error":{"code":"Forbidden","message":"no","innerError":{"request-id":"G1"}}})",
      {{"Request-Id", "H1"}}));
  CHECK(graph.request_id == "H1");
  const auto logs = read_service_error(answer(
      403,
      R"({"error":{"code":"Forbidden","message":"no","innererror":{"code":"UnauthorizedClient"}}})"));
  CHECK(logs.inner_code == "UnauthorizedClient");
}

TEST_CASE("errors of the sign-in service are read as well") {
  const auto error = read_service_error(answer(
      400,
      R"({"error":"invalid_client","error_description":"AADSTS7000215: bad","correlation_id":"C1"})"));
  CHECK(error.code == "invalid_client");
  CHECK(error.message == "AADSTS7000215: bad");
  CHECK(error.request_id == "C1");
}

TEST_CASE("bodies that are no JSON are described, not shown whole") {
  CHECK(read_service_error(answer(502, "")).message == "");
  CHECK(read_service_error(answer(502, "<html><body>Bad gateway</body></html>")).message ==
        "a page of 37 B instead of an answer");
  CHECK(read_service_error(answer(500, std::string(5000, 'x'))).message.size() < 700);
  CHECK(read_service_error(answer(500, "[1,2")).message == "[1,2");
  CHECK(read_service_error(answer(500, R"({"error":{"code":5,"message":null}})")).code == "5");
  std::string text(599, 'x');
  text += "\xc3\xa4\xc3\xa4";  // the cut must not fall inside a letter
  const std::string message = read_service_error(answer(500, text)).message;
  CHECK(message == std::string(599, 'x') + "…");
}

TEST_CASE("the error says what was tried, what came, and the request id") {
  Response response = answer(403, R"({"error":{"code":"DisabledFeature","message":"off"}})",
                             {{"x-ms-request-id", "R"}});
  response.attempts = 2;
  const Error error = error_of(response, "run live response", "switch it on");
  CHECK(error.code() == ErrorCode::kAuth);
  CHECK(error.message() ==
        "run live response: HTTP 403 Forbidden: DisabledFeature: off (request id R), after 2 "
        "attempts");
  CHECK(error.hint() == "switch it on");
  CHECK(error_of(answer(500, ""), "x").code() == ErrorCode::kRemote);
}
