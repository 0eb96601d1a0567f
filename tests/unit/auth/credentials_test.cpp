// Secret, certificate and federation against the fake sign-in service, strict about each.
#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::auth;
using quarry::unit::AuthBench;

namespace {

fakes::IdentityOptions with_certificate() {
  fakes::IdentityOptions options;
  options.certificate = &fakes::certificate_for("app");
  return options;
}

std::string pem_pair(const std::string& name) {
  const fakes::Certificate& certificate = fakes::certificate_for(name);
  return certificate.certificate_pem + certificate.key_pem;
}

std::string credential_of(AuthBench& bench) {
  auto session = bench.open();
  REQUIRE(session);
  return (*session)->credential();
}

}  // namespace

TEST_CASE("a secret from a private file gets a token") {
  AuthBench bench;
  bench.use_secret();
  const auto token = bench.token();
  REQUIRE(token);
  CHECK(bench.is_valid(*token));
  bench.check_clean();
  ::chmod((bench.folder / "secret").c_str(), 0644);
  bench.settings["token-cache"] = {"false"};
  const auto open = bench.token();
  REQUIRE_FALSE(open);
  CHECK(open.error().code() == ErrorCode::kAuth);
}

TEST_CASE("a wrong secret is refused in words, and the secret is nowhere") {
  AuthBench bench;
  bench.settings["client-secret-file"] = {bench.private_file("secret", "wrong-secret-value")};
  const auto token = bench.token();
  REQUIRE_FALSE(token);
  CHECK(token.error().code() == ErrorCode::kAuth);
  CHECK(token.error().message().find("AADSTS7000215: wrong client secret") != std::string::npos);
  CHECK(token.error().message().find("wrong-secret-value") == std::string::npos);
  CHECK(bench.token_requests() == 1);
  bench.check_clean();
}

TEST_CASE("a secret comes from systemd, and last from the environment") {
  AuthBench bench;
  bench.environment["AZURE_CLIENT_SECRET"] = bench.identity.options().secret;
  CHECK(credential_of(bench) == "client secret in AZURE_CLIENT_SECRET");
  CHECK(bench.token());
  bench.environment["CREDENTIALS_DIRECTORY"] = bench.folder.path();
  bench.private_file("quarry-client-secret", bench.identity.options().secret);
  CHECK(credential_of(bench).ends_with("/quarry-client-secret"));
  CHECK(bench.token());
}

TEST_CASE("a secret is typed where --auth secret finds none, once for all tokens") {
  AuthBench bench;
  bench.settings["auth"] = {"secret"};
  CHECK(bench.token().error().code() == ErrorCode::kUsage);
  int asked = 0;
  bench.ask_secret = [&](const std::string& question) -> Result<Secret> {
    CHECK(question == "client secret of " + bench.identity.options().client_id);
    ++asked;
    return Secret(std::string(bench.identity.options().secret));
  };
  auto session = bench.open();
  REQUIRE(session);
  CHECK((*session)->tokens()->token(unit::kGraphScope));
  CHECK((*session)->tokens()->token("https://management.azure.com/.default"));
  CHECK(asked == 1);
  bench.check_clean();
}

TEST_CASE("a certificate signs with PS256 and with RS256") {
  for (const char* algorithm : {"PS256", "RS256"}) {
    AuthBench bench(100, with_certificate());
    bench.settings["client-certificate"] = {bench.private_file("app.pem", pem_pair("app"))};
    bench.settings["assertion-alg"] = {algorithm};
    const auto token = bench.token();
    REQUIRE(token);
    CHECK(bench.is_valid(*token));
    bench.check_clean();
  }
}

TEST_CASE("certificate and key may lie in two files, or in PKCS#12") {
  AuthBench bench(100, with_certificate());
  const fakes::Certificate& certificate = fakes::certificate_for("app");
  unit::write_text(bench.folder / "cert.pem", certificate.certificate_pem);
  bench.settings["client-certificate"] = {bench.folder / "cert.pem"};
  bench.settings["client-key"] = {bench.private_file("key.pem", certificate.key_pem)};
  CHECK(bench.token());
  bench.settings.erase("client-key");
  bench.settings["client-certificate"] = {
      bench.private_file("app.pfx", fakes::pkcs12_of(certificate, "pw"))};
  bench.settings["certificate-password-file"] = {bench.private_file("pw", "pw\n")};
  CHECK(bench.token());
  bench.settings.erase("certificate-password-file");
  bench.environment["AZURE_CLIENT_CERTIFICATE_PASSWORD"] = "pw";
  bench.settings["token-cache"] = {"false"};
  CHECK(bench.token());
  bench.check_clean();
}

TEST_CASE("a key that others may read is refused, and so is an unregistered certificate") {
  AuthBench bench(100, with_certificate());
  bench.settings["client-certificate"] = {bench.private_file("app.pem", pem_pair("app"))};
  ::chmod((bench.folder / "app.pem").c_str(), 0644);
  CHECK(bench.token().error().message().find("open to others") != std::string::npos);
  bench.settings["client-certificate"] = {bench.private_file("other.pem", pem_pair("other"))};
  CHECK(bench.token().error().message().find("AADSTS700027") != std::string::npos);
}

TEST_CASE("a federated token is read at every request, and a mismatch is explained") {
  AuthBench bench;
  bench.environment["AZURE_FEDERATED_TOKEN_FILE"] = bench.folder / "token";
  unit::write_text(bench.folder / "token", bench.identity.options().federated_token + "\n");
  const auto token = bench.token();
  REQUIRE(token);
  CHECK(bench.is_valid(*token));
  bench.settings["token-cache"] = {"false"};
  unit::write_text(bench.folder / "token",
                   "eyJhIjoxfQ.eyJpc3MiOiJJIiwic3ViIjoiUyIsImF1ZCI6IkEifQ.x");
  const auto refused = bench.token();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message().find("AADSTS70021") != std::string::npos);
  CHECK(refused.error().hint() ==
        "compare with the federated credential: issuer I, subject S, audience A");
  bench.check_clean();
}

TEST_CASE("GitHub hands out the assertion") {
  AuthBench bench;
  bench.cloud.add("GET", "/github", {.credentials = fakes::Credentials::kByHandler},
                  [&bench](const fakes::Request& request, const fakes::Captures&) {
                    CHECK(request.header("Authorization") == "Bearer github-runner-token");
                    CHECK(request.parameter("audience") == "api://AzureADTokenExchange");
                    return fakes::json_reply(R"({"value":")" +
                                             bench.identity.options().federated_token + "\"}");
                  });
  bench.environment["ACTIONS_ID_TOKEN_REQUEST_URL"] = bench.cloud.url() + "/github?x=1";
  bench.environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "github-runner-token";
  CHECK(credential_of(bench) == "federated token of GitHub Actions");
  CHECK(bench.token());
  for (const std::string& line : bench.lines)
    CHECK(line.find("github-runner-token") == std::string::npos);
}

TEST_CASE("the busy service is asked again, a gateway's page is no token") {
  AuthBench bench(1000);
  bench.use_secret();
  bench.cloud.faults().add("POST /* aadsts=90033 times=2");
  CHECK(bench.token());
  bench.settings["token-cache"] = {"false"};
  bench.cloud.faults().add("POST /* status=429 retry-after=3");
  CHECK(bench.token());
  bench.cloud.faults().add("POST /* html=200");
  const auto page = bench.token();
  REQUIRE_FALSE(page);
  CHECK(page.error().code() == ErrorCode::kRemote);
  bench.cloud.faults().add("POST /* html=502 times=9");
  CHECK(bench.token().error().code() == ErrorCode::kRemote);
}

TEST_CASE("numbers as strings, as the older endpoint writes them") {
  fakes::IdentityOptions options;
  options.string_numbers = true;
  AuthBench bench(100, options);
  bench.use_secret();
  auto session = bench.open();
  REQUIRE(session);
  REQUIRE((*session)->tokens()->token(unit::kGraphScope));
  CHECK((*session)->tokens()->expires(unit::kGraphScope) ==
        doctest::Approx(bench.cloud.clock().wall() + 3599).epsilon(0.001));
}

TEST_CASE("what is missing is named before anything is asked") {
  AuthBench bench;
  bench.use_secret();
  bench.settings.erase("client-id");
  CHECK(bench.token().error().message() == "no client id is given");
  bench.settings.erase("tenant");
  CHECK(bench.token().error().message() == "no tenant is given");
  bench.settings["auth"] = {"certificate"};
  CHECK(bench.token().error().code() == ErrorCode::kUsage);
}

TEST_CASE("--auth none is for this machine") {
  AuthBench bench;
  bench.settings["auth"] = {"none"};
  auto session = bench.open();
  REQUIRE(session);
  CHECK((*session)->tokens() == nullptr);
  bench.settings = {{"auth", {"none"}}, {"cloud", {"public"}}, {"retries", {"4"}}};
  CHECK_FALSE(bench.open());
}
