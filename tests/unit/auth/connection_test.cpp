#include "common/auth/connection.h"

#include "common/config/profile.h"
#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace quarry;
using namespace quarry::auth;
using quarry::unit::AuthBench;

TEST_CASE("each cloud fills all addresses and scopes at once") {
  AuthBench bench(1);
  bench.settings = {{"cloud", {"gcchigh"}}, {"retries", {"4"}}};
  const auto high = bench.connection();
  REQUIRE(high);
  CHECK(high->login_url == "https://login.microsoftonline.us");
  CHECK(high->endpoint(Service::kMde).url == "https://api-gov.securitycenter.microsoft.us");
  CHECK(high->endpoint(Service::kGraph).scope == "https://graph.microsoft.us/.default");
  CHECK_FALSE(need_endpoint(*high, Service::kAdx));
  bench.settings["cloud"] = {"public"};
  const auto open = bench.connection();
  CHECK(open->endpoint(Service::kMde).url == "https://api.security.microsoft.com");
  CHECK(open->endpoint(Service::kMde).scope == "https://api.securitycenter.microsoft.com/.default");
  bench.settings["cloud"] = {"china"};
  const auto missing = need_endpoint(*bench.connection(), Service::kMde);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().hint() == "give --mde-url, or mde_url in the configuration");
}

TEST_CASE("a cluster's scope is made from its address, and any can be set") {
  AuthBench bench;
  bench.settings["adx-url"] = {"https://help.kusto.windows.net/"};
  CHECK(bench.connection()->endpoint(Service::kAdx).scope ==
        "https://help.kusto.windows.net/.default");
  bench.settings["adx-scope"] = {"https://api.kusto.windows.net/.default"};
  CHECK(bench.connection()->endpoint(Service::kAdx).scope ==
        "https://api.kusto.windows.net/.default");
}

TEST_CASE("an address over plain http is for loopback, whatever set it") {
  AuthBench bench;
  bench.settings["graph-url"] = {"http://graph.example"};
  const auto refused = bench.connection();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == ErrorCode::kUsage);
  CHECK(refused.error().message() == "--graph-url: plain http is for loopback only");
  bench.settings["graph-url"] = {"http://127.0.0.1:1"};
  bench.settings.erase("login-url");
  bench.environment["AZURE_AUTHORITY_HOST"] = "http://evil.example";
  CHECK_FALSE(bench.connection());
}

TEST_CASE("variables of Azure count where ours say nothing") {
  AuthBench bench;
  bench.environment["AZURE_TENANT_ID"] = "azure.example";
  CHECK(bench.connection()->tenant == bench.identity.options().tenant);
  bench.settings.erase("tenant");
  CHECK(bench.connection()->tenant == "azure.example");
}

TEST_CASE("a tenant is a GUID or a domain") {
  AuthBench bench;
  for (const char* tenant : {"common", "organizations", "a/b", "x?y", "t\n"}) {
    bench.settings["tenant"] = {tenant};
    CHECK_FALSE(bench.connection());
  }
}

TEST_CASE("a fast clock is obeyed only where every address is loopback") {
  AuthBench bench(100);
  CHECK(bench.connection()->clock_scale == 100);
  bench.settings["arm-url"] = {"https://management.azure.com"};
  CHECK(bench.connection()->clock_scale == 1);
  bench.settings["arm-url"] = {bench.cloud.url()};
  bench.settings.erase("login-url");
  CHECK(bench.connection()->clock_scale == 1);
  bench.settings["login-url"] = {bench.cloud.url()};
  bench.environment["QUARRY_TEST_CLOCK_SCALE"] = "0";
  CHECK(bench.connection()->clock_scale == 1);
}

TEST_CASE("assertions are made out to the real authority, also when a test stands in for it") {
  AuthBench bench;
  CHECK(bench.connection()->authority == "https://login.microsoftonline.com");
  bench.settings["login-url"] = {"https://login.sovcloud-identity.fr"};
  CHECK(bench.connection()->authority == "https://login.sovcloud-identity.fr");
}

TEST_CASE("every tool knows the keys of connections") {
  const auto known = config::connection_keys();
  for (const config::OptionDef& option : kConnectionOptions.options) {
    if (option.key.empty()) continue;
    CAPTURE(option.key);
    CHECK(std::find(known.begin(), known.end(), option.key) != known.end());
  }
}
