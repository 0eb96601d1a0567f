#include "common/auth/whoami.h"

#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace quarry;
using namespace quarry::auth;
using quarry::unit::AuthBench;

namespace {

constexpr std::array<std::string_view, 1> kHunting{"ThreatHunting.Read.All"};
constexpr std::array<std::string_view, 2> kRead{"Machine.Read.All", "Machine.ReadWrite.All"};
constexpr std::array<std::string_view, 1> kLive{"Machine.LiveResponse"};
constexpr std::array<Need, 5> kNeeds{{{"hunt", Service::kGraph, kHunting},
                                      {"list", Service::kMde, kRead},
                                      {"run", Service::kMde, kLive},
                                      {"logs", Service::kLogs, {}},
                                      {"cluster", Service::kAdx, {}}}};

}  // namespace

TEST_CASE("whoami shows who we are and what each command lacks") {
  AuthBench bench(1);
  bench.use_secret();
  auto session = bench.open();
  REQUIRE(session);
  const WhoAmI who = who_am_i(**session, kNeeds);
  CHECK_FALSE(who.is_complete());
  const std::string text = to_text(who);
  CHECK(text.find("client id     aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee\n") != std::string::npos);
  CHECK(text.find("permissions   ThreatHunting.Read.All\n") != std::string::npos);
  CHECK(text.find("good for      59 minutes\n") != std::string::npos);
  CHECK(text.find("  hunt     graph: allowed\n") != std::string::npos);
  CHECK(text.find("  list     mde: allowed\n") != std::string::npos);
  CHECK(text.find("  run      mde: lacks Machine.LiveResponse\n") != std::string::npos);
  CHECK(text.find("  logs     logs: the service decides\n") != std::string::npos);
  CHECK(text.find("  cluster  adx: lacks a token for adx\n") != std::string::npos);
  const std::string rows = to_ndjson(who);
  CHECK(rows.find(R"({"_type":"whoami.command","command":"run","service":"mde","state":"missing",)"
                  R"("missing":"Machine.LiveResponse"})") != std::string::npos);
  CHECK(rows.find(R"("permissions":["Machine.Read.All"])") != std::string::npos);
  for (const std::string& secret : bench.identity.secrets()) {
    CHECK(text.find(secret) == std::string::npos);
    CHECK(rows.find(secret) == std::string::npos);
  }
  bench.check_clean();
}

TEST_CASE("a refused sign-in is a row, with its advice") {
  AuthBench bench;
  bench.settings["client-secret-file"] = {bench.private_file("secret", "wrong")};
  auto session = bench.open();
  REQUIRE(session);
  const std::string text = to_text(who_am_i(**session, std::span(kNeeds).first(1)));
  CHECK(text.find("AADSTS7000215") != std::string::npos);
  CHECK(text.find("make a new one") != std::string::npos);
}

TEST_CASE("a batch fails before it begins when its permission is missing") {
  AuthBench bench;
  bench.use_secret();
  auto session = bench.open();
  REQUIRE(session);
  CHECK(check_permission(**session, kNeeds[1]));
  const auto missing = check_permission(**session, kNeeds[2]);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code() == ErrorCode::kAuth);
  CHECK(missing.error().message() == "'run' needs the permission Machine.LiveResponse");
}

TEST_CASE("a person's permission needs no .All") {
  fakes::IdentityOptions options;
  options.permissions = {{"https://api.securitycenter.microsoft.com", {"Machine.Read"}}};
  AuthBench bench(100, options);
  bench.settings["auth"] = {"device-code"};
  auto session = bench.open();
  REQUIRE(session);
  CHECK(check_permission(**session, kNeeds[1]));
}
