#include "tests/fakes/faults.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace quarry::fakes;

namespace {

Request request(const char* method, const char* path) {
  Request result;
  result.method = method;
  result.path = path;
  return result;
}

}  // namespace

TEST_CASE("a fault meets the requests it was ordered for, so often and no more") {
  Faults faults;
  faults.add("POST /api/*/run status=429 retry-after=5 times=2 skip=1");
  CHECK_FALSE(faults.meet(request("GET", "/api/1/run")));
  CHECK_FALSE(faults.meet(request("POST", "/api/1/other")));
  CHECK_FALSE(faults.meet(request("POST", "/api/1/run")));
  CHECK(faults.left().size() == 1);
  const auto fault = faults.meet(request("POST", "/api/2/run"));
  REQUIRE(fault);
  CHECK(fault->reply.status == 429);
  CHECK(fault->reply.headers[0].second == "5");
  CHECK(faults.meet(request("POST", "/api/1/run")));
  CHECK_FALSE(faults.meet(request("POST", "/api/1/run")));
  CHECK(faults.left().empty());
}

TEST_CASE("faults of the wire are read") {
  CHECK(parse_fault("* * cut-before").kind == FaultKind::kCutBefore);
  CHECK(parse_fault("* * cut-after").kind == FaultKind::kCutAfter);
  CHECK(parse_fault("GET /f cut-body=10").after == 10);
  CHECK(parse_fault("GET /f delay=20").delay.count() == 20);
  CHECK_FALSE(parse_fault("GET /f garbage").reply.raw.empty());
  CHECK(parse_fault("GET /f html=502").reply.content_type == "text/html");
  CHECK(parse_fault("GET /f aadsts=7000215").reply.status == 401);
  CHECK_THROWS_AS(parse_fault("GET /f what"), std::runtime_error);
  CHECK_THROWS_AS(parse_fault("GET /f"), std::runtime_error);
  CHECK_THROWS_AS(parse_fault("GET /f status=x"), std::runtime_error);
}
