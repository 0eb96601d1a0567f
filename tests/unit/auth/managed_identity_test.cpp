#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace quarry;
using quarry::unit::AuthBench;

namespace {

struct MachineBench : AuthBench {
  explicit MachineBench(fakes::IdentityOptions options = {}) : AuthBench(1000, options) {
    settings["auth"] = {"managed-identity"};
    environment["QUARRY_IMDS_URL"] = cloud.url();
  }
};

}  // namespace

TEST_CASE("a machine's identity gives tokens, which are not kept on disk") {
  MachineBench bench;
  const auto token = bench.token();
  REQUIRE(token);
  CHECK(bench.is_valid(*token));
  const fakes::Request asked = bench.cloud.seen()[0];
  CHECK(asked.parameter("resource") == unit::kGraph);
  CHECK(asked.parameter("api-version") == "2018-02-01");
  CHECK(asked.parameter("client_id") == bench.identity.options().client_id);
  CHECK_FALSE(std::filesystem::exists(bench.folder / "cache/quarry/tokens"));
  bench.check_clean();
}

TEST_CASE("the metadata service is asked again while it starts, and a refusal is final") {
  MachineBench bench;
  bench.cloud.faults().add("GET /metadata/* status=404");
  bench.cloud.faults().add("GET /metadata/* status=503");
  CHECK(bench.token());
  bench.cloud.faults().add("GET /metadata/* status=410 times=6");
  CHECK(bench.token());
  bench.cloud.faults().add("GET /metadata/* status=400");
  const auto refused = bench.token();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == ErrorCode::kAuth);
  bench.cloud.faults().add("GET /metadata/* status=500 times=9");
  CHECK(bench.token().error().code() == ErrorCode::kRemote);
}

TEST_CASE("App Service is recognised by its variables") {
  MachineBench bench;
  bench.environment["IDENTITY_ENDPOINT"] = bench.cloud.url() + "/msi/token";
  bench.environment["IDENTITY_HEADER"] = bench.identity.options().identity_header;
  const auto token = bench.token();
  REQUIRE(token);
  CHECK(bench.is_valid(*token));
  for (const std::string& line : bench.lines)
    CHECK(line.find(bench.identity.options().identity_header) == std::string::npos);
}

TEST_CASE("Arc's challenge is answered from its folder of keys and from nowhere else") {
  const unit::TemporaryFolder keys;
  fakes::IdentityOptions options;
  options.arc_key = "arc-key-content";
  options.arc_key_file = keys / "a.key";
  unit::write_text(options.arc_key_file, options.arc_key);
  MachineBench bench(options);
  bench.environment["IDENTITY_ENDPOINT"] = bench.cloud.url() + "/metadata/identity/oauth2/token";
  bench.environment["IMDS_ENDPOINT"] = bench.cloud.url();
  bench.environment["QUARRY_TEST_ARC_KEYS"] = keys.path() + "/";
  const auto token = bench.token();
  REQUIRE(token);
  CHECK(bench.is_valid(*token));
  bench.environment["QUARRY_TEST_ARC_KEYS"] = "/somewhere/else/";
  const auto elsewhere = bench.token();
  REQUIRE_FALSE(elsewhere);
  CHECK(elsewhere.error().message().find("no key") != std::string::npos);
}

TEST_CASE("auto asks the machine only in Azure, and before az") {
  AuthBench bench;
  bench.settings["auth"] = {"auto"};
  bench.environment["QUARRY_IMDS_URL"] = bench.cloud.url();
  CHECK((*bench.open())->credential() == "managed identity");
  bench.use_secret();
  CHECK((*bench.open())->credential().starts_with("client secret in"));
}
