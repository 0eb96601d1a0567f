#include "common/auth/assertion.h"

#include "common/base/base64.h"
#include "tests/fakes/certificate.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::auth;
using Algorithm = SigningCertificate::Algorithm;

namespace {

const fakes::Certificate& pair() { return fakes::certificate_for("signer"); }

Result<SigningCertificate> load(const std::string& certificate, const std::string& key = {},
                                const std::string& password = {}) {
  return SigningCertificate::load(Secret(std::string(certificate)), Secret(std::string(key)),
                                  Secret(std::string(password)));
}

std::string part(const Secret& jwt, int index) {
  std::string text(jwt.reveal());
  for (int i = 0; i < index; ++i) text = text.substr(text.find('.') + 1);
  return decode_base64(text.substr(0, text.find('.'))).value_or("");
}

const AssertionClaims kClaims{
    .audience = "https://login/t/token", .client_id = "app", .now = 1'800'000'000};

}  // namespace

TEST_CASE("an assertion is signed with PS256 or RS256 and names its certificate") {
  const auto certificate = load(pair().certificate_pem + pair().key_pem);
  REQUIRE(certificate);
  const auto modern = make_assertion(*certificate, kClaims, Algorithm::kPs256, false);
  REQUIRE(modern);
  CHECK(fakes::signature_fits(std::string(modern->reveal()), pair()));
  CHECK(part(*modern, 0) == R"({"alg":"PS256","typ":"JWT","x5t#S256":")" + pair().sha256 + "\"}");
  const std::string claims = part(*modern, 1);
  CHECK(claims.starts_with(R"({"aud":"https://login/t/token","iss":"app","sub":"app","jti":")"));
  CHECK(claims.ends_with(R"("nbf":1800000000,"iat":1800000000,"exp":1800000600})"));
  const auto older = make_assertion(*certificate, kClaims, Algorithm::kRs256, true);
  REQUIRE(older);
  CHECK(fakes::signature_fits(std::string(older->reveal()), pair()));
  CHECK(part(*older, 0).find(R"("x5t":")" + pair().sha1) != std::string::npos);
  CHECK(part(*older, 0).find(R"("x5c":["MII)") != std::string::npos);
  CHECK(part(*modern, 1) !=
        part(*make_assertion(*certificate, kClaims, Algorithm::kPs256, false), 1));
}

TEST_CASE("a signature does not fit another certificate or a changed text") {
  const auto certificate = load(pair().certificate_pem, pair().key_pem);
  REQUIRE(certificate);
  std::string jwt(make_assertion(*certificate, kClaims, Algorithm::kPs256, false)->reveal());
  CHECK_FALSE(fakes::signature_fits(jwt, fakes::certificate_for("other")));
  jwt[jwt.find('.') + 5] ^= 1;
  CHECK_FALSE(fakes::signature_fits(jwt, pair()));
}

TEST_CASE("PKCS#12 opens with its password only") {
  const std::string store = fakes::pkcs12_of(pair(), "pass word");
  const auto opened = load(store, "", "pass word");
  REQUIRE(opened);
  CHECK(opened->thumbprint_sha256() == pair().sha256);
  const auto closed = load(store, "", "wrong");
  REQUIRE_FALSE(closed);
  CHECK(closed.error().code() == ErrorCode::kAuth);
  CHECK(closed.error().message().find("wrong") == std::string::npos);
  CHECK_FALSE(load(store));
}

TEST_CASE("what does not fit together is said") {
  CHECK(load(pair().certificate_pem).error().message() == "no key in it that can be read");
  CHECK(load(pair().key_pem).error().message() == "no certificate in it");
  CHECK(load(pair().certificate_pem, fakes::certificate_for("other").key_pem).error().message() ==
        "the key does not belong to the certificate");
  CHECK_FALSE(load("rubbish"));
  CHECK_FALSE(load(""));
  CHECK_FALSE(load("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}
