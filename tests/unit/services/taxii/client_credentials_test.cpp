#include "common/services/taxii/client_credentials.h"

#include "common/base/base64.h"
#include "tests/unit/net/scripted_http.h"

#include <doctest/doctest.h>

namespace quarry::services::taxii {
namespace {

ClientCredentialsOptions options() {
  return {.token_url = "https://login.example/token",
          .client_id = "id:1",
          .secret = Secret("s/1"),
          .scope = "read"};
}

std::string answer(const std::string& token, int seconds) {
  return R"({"access_token":")" + token + R"(","expires_in":)" + std::to_string(seconds) + "}";
}

TEST_CASE("id and secret are encoded into the header, and a token is kept until it is old") {
  unit::ScriptedHttp http;
  unit::ManualClock clock;
  ClientCredentials tokens(http, clock, options());
  http.answer(200, {}, answer("one", 3600));
  http.answer(200, {}, answer("two", 3600));
  REQUIRE(tokens.token("any"));
  CHECK(tokens.token("any")->reveal() == "one");
  REQUIRE(http.seen.size() == 1);
  CHECK(http.seen[0].secret_headers[0].value.reveal() == "Basic " + base64("id%3A1:s%2F1"));
  CHECK(http.seen[0].secret_body.reveal() == "grant_type=client_credentials&scope=read");
  clock.advance(3500);
  CHECK(tokens.token("any")->reveal() == "two");
}

TEST_CASE("an endpoint that wants them in the body gets them there, also the next time") {
  unit::ScriptedHttp http;
  unit::ManualClock clock;
  ClientCredentials tokens(http, clock, options());
  http.answer(401, {}, R"({"error":"invalid_client"})");
  http.answer(200, {}, answer("one", 60));
  http.answer(200, {}, answer("two", 60));
  CHECK(tokens.token("any")->reveal() == "one");
  CHECK(tokens.renew("any", Secret("one"))->reveal() == "two");
  REQUIRE(http.seen.size() == 3);
  CHECK(http.seen[2].secret_headers.empty());
  CHECK(http.seen[2].secret_body.reveal().ends_with("client_id=id%3A1&client_secret=s%2F1"));
}

TEST_CASE("a refusal gives the endpoint's own words, and no secret") {
  unit::ScriptedHttp http;
  unit::ManualClock clock;
  ClientCredentials tokens(http, clock, options());
  http.answer(400, {}, R"({"error":"invalid_scope","error_description":"no such scope"})");
  http.answer(400, {}, R"({"error":"invalid_request"})");
  const auto refused = tokens.token("any");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == ErrorCode::kAuth);
  CHECK(refused.error().message() ==
        "https://login.example/token gives no token: HTTP 400: invalid_scope (no such scope)");
}

}  // namespace
}  // namespace quarry::services::taxii
