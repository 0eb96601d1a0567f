// Tokens from az, from a command and from a file.
#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <stdlib.h>

#include <filesystem>
#include <string>

using namespace quarry;
using quarry::unit::AuthBench;

namespace {

std::string fresh_token(AuthBench& bench, double seconds = 3600,
                        const std::string& audience = unit::kGraph) {
  return bench.cloud.tokens().issue({.audience = audience,
                                     .permissions = {"ThreatHunting.Read.All"},
                                     .tenant = "t",
                                     .client_id = "c",
                                     .seconds = seconds});
}

/// A program in the test's folder.
std::string program(const AuthBench& bench, const std::string& name, const std::string& body) {
  unit::write_text(bench.folder / name, "#!/bin/sh\n" + body);
  ::chmod((bench.folder / name).c_str(), 0700);
  return bench.folder / name;
}

}  // namespace

TEST_CASE("a token from a file is checked before it is used") {
  AuthBench bench(1);
  const std::string good = fresh_token(bench);
  bench.settings["token-file"] = {bench.private_file("token", good + "\n")};
  CHECK(bench.token()->reveal() == good);
  bench.private_file("token", fresh_token(bench, -5));
  CHECK(bench.token().error().message() == "the token has expired");
  bench.private_file("token", fresh_token(bench, 3600, "https://other"));
  CHECK(bench.token().error().message() ==
        "the token is for https://other, and https://graph.microsoft.com is needed");
  bench.private_file("token", "x\r\ny");
  CHECK_FALSE(bench.token());
  bench.private_file("token", "opaque-token");
  CHECK(bench.token()->reveal() == "opaque-token");
  CHECK_FALSE(std::filesystem::exists(bench.folder / "cache/quarry/tokens"));
}

TEST_CASE("a command prints the secret, or a token as az does") {
  AuthBench bench(1);
  const std::string secret = bench.private_file("kept", bench.identity.options().secret + "\n");
  bench.settings["credential-command"] = {program(bench, "vault", "cat \"$1\"\n"), secret};
  const auto by_secret = bench.token();
  REQUIRE(by_secret);
  CHECK(bench.is_valid(*by_secret));
  bench.settings["token-cache"] = {"false"};
  const std::string token = fresh_token(bench);
  const std::string answer = bench.private_file(
      "answer", fmt::format(R"({{"accessToken":"{}","expires_on":4102444800}})", token));
  bench.settings["credential-command"] = {bench.folder / "vault", answer};
  CHECK(bench.token()->reveal() == token);
  bench.settings["credential-command"] = {
      program(bench, "broken", "echo 'vault is sealed' >&2; exit 2\n")};
  const auto broken = bench.token();
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message().ends_with("ended with status 2: vault is sealed"));
  bench.settings["credential-command"] = {"quarry-no-such-vault"};
  CHECK_FALSE(bench.token());
  bench.settings["credential-command"] = {"true"};
  CHECK(bench.token().error().message().ends_with("printed nothing"));
  bench.check_clean();
}

TEST_CASE("az is asked by its own command, without a shell") {
  AuthBench bench(1);
  const std::string token = fresh_token(bench);
  bench.settings["auth"] = {"az"};
  program(
      bench, "az",
      fmt::format("echo \"$@\" > {0}/asked\n"
                  "echo '{{\"accessToken\":\"{1}\",\"expiresOn\":\"2026-11-20 10:11:12.0\"}}'\n",
                  bench.folder.path(), token));
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", (bench.folder.path() + ":" + path).c_str(), 1);
  const auto borrowed = bench.token();
  ::setenv("PATH", path.c_str(), 1);
  REQUIRE(borrowed);
  CHECK(borrowed->reveal() == token);
  CHECK(unit::read_text(bench.folder / "asked") ==
        fmt::format("account get-access-token --resource https://graph.microsoft.com --output json "
                    "--tenant {}\n",
                    bench.identity.options().tenant));
}

TEST_CASE("without az the error says what to configure") {
  AuthBench bench(1);
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", bench.folder.path().c_str(), 1);
  const auto token = bench.token();
  ::setenv("PATH", path.c_str(), 1);
  REQUIRE_FALSE(token);
  CHECK(token.error().code() == ErrorCode::kAuth);
  CHECK(token.error().message().find("no credential is configured") != std::string::npos);
}
