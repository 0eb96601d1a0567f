#include "common/auth/aadsts.h"

#include "tests/fakes/faults.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::auth;

namespace {

net::Response answer(int status, std::string body) {
  net::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

net::Response coded(int code) {
  const fakes::Reply reply = fakes::aadsts_reply(code);
  return answer(reply.status, reply.body);
}

}  // namespace

TEST_CASE("codes of the sign-in service are explained, with advice") {
  const Error secret = sign_in_error(coded(7000222));
  CHECK(secret.code() == ErrorCode::kAuth);
  CHECK(secret.message().starts_with(
      "sign-in refused: AADSTS7000222: the client secret has expired (correlation id "));
  CHECK(secret.hint() == "make a new one");
  CHECK(sign_in_error(coded(53003)).message().find("Conditional Access") != std::string::npos);
}

TEST_CASE("an unknown code shows what the service says") {
  const Error error = sign_in_error(coded(4711));
  CHECK(error.message().find("AADSTS4711: invalid_request: AADSTS4711: something was wrong") !=
        std::string::npos);
}

TEST_CASE("the code is found in the list and in the text") {
  CHECK(sign_in_code(coded(700016)) == 700016U);
  CHECK(sign_in_code(answer(400, R"({"error_description":"AADSTS90002: x"})")) == 90002U);
  CHECK_FALSE(sign_in_code(answer(400, R"({"error_description":"AADSTS: x"})")));
  CHECK_FALSE(sign_in_code(answer(400, R"({"error_codes":[-1,"x"]})")));
  CHECK_FALSE(sign_in_code(answer(502, "<html>")));
}

TEST_CASE("what passes by itself is told from refusals") {
  CHECK(is_transient_sign_in(coded(90033)));
  CHECK(is_transient_sign_in(answer(400, R"({"error":"temporarily_unavailable"})")));
  CHECK_FALSE(is_transient_sign_in(coded(7000215)));
  CHECK(sign_in_error(coded(50196)).code() == ErrorCode::kRemote);
  CHECK(sign_in_error(answer(502, "<html>")).code() == ErrorCode::kRemote);
}

TEST_CASE("a clock that is off is explained with the service's own time") {
  net::Response response = coded(700024);
  response.headers = {{"Date", "Mon, 30 Nov 2026 10:00:00 GMT"}};
  CHECK(sign_in_error(response).hint().find("Mon, 30 Nov 2026 10:00:00 GMT") != std::string::npos);
}
