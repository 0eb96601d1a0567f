// Client credentials with a certificate: the key signs an assertion instead of being sent.
#include "common/auth/assertion.h"
#include "common/auth/credential.h"
#include "common/auth/token_endpoint.h"
#include "common/base/file.h"
#include "common/base/private_file.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::auth {
namespace {

constexpr std::uint64_t kLargestFile = 256 << 10;

Result<Secret> read_password(const SignIn& sign_in) {
  const std::string& path = sign_in.connection.certificate_password_file;
  if (!path.empty()) return read_private_file(path);
  return Secret(sign_in.environment("AZURE_CLIENT_CERTIFICATE_PASSWORD").value_or(""));
}

/// The certificate alone is no secret; a file that holds the key is.
Result<Secret> read_certificate(const std::string& path, bool holds_key) {
  if (holds_key) return read_private_file(path, kLargestFile);
  Result<std::string> text = read_file(path, kLargestFile);
  if (!text) return fail(Error(ErrorCode::kAuth, text.error().message()).at(path));
  return Secret(*std::move(text));
}

class ClientCertificate : public Credential {
 public:
  explicit ClientCertificate(const SignIn& sign_in) : sign_in_(sign_in) {}

  Result<Token> fetch(const std::string& scope) override {
    const Connection& connection = sign_in_.connection;
    QUARRY_TRY(const SigningCertificate certificate, load());
    if (certificate.is_expired()) {
      return fail(Error(ErrorCode::kAuth,
                        fmt::format("the certificate expired on {}", certificate.expires()),
                        "register a new one with the application")
                      .at(connection.client_certificate));
    }
    const auto algorithm = connection.assertion_alg == "RS256"
                               ? SigningCertificate::Algorithm::kRs256
                               : SigningCertificate::Algorithm::kPs256;
    const AssertionClaims claims{.audience = token_url(connection.authority, connection.tenant),
                                 .client_id = connection.client_id,
                                 .now = static_cast<std::int64_t>(sign_in_.clock.wall())};
    QUARRY_TRY(const Secret assertion,
               make_assertion(certificate, claims, algorithm, connection.send_x5c));
    return fetch_with_assertion(sign_in_, scope, assertion);
  }
  std::string describe() const override {
    return fmt::format("certificate in {}", sign_in_.connection.client_certificate);
  }

 private:
  Result<SigningCertificate> load() const {
    const Connection& connection = sign_in_.connection;
    QUARRY_TRY(const Secret password, read_password(sign_in_));
    QUARRY_TRY(const Secret text,
               read_certificate(connection.client_certificate, connection.client_key.empty()));
    Secret key;
    if (!connection.client_key.empty()) {
      QUARRY_TRY(key, read_private_file(connection.client_key, kLargestFile));
    }
    Result<SigningCertificate> loaded = SigningCertificate::load(text, key, password);
    if (loaded) return loaded;
    return fail(Error(loaded.error()).at(connection.client_certificate));
  }

  const SignIn& sign_in_;
};

}  // namespace

Result<Token> fetch_with_assertion(const SignIn& sign_in, const std::string& scope,
                                   const Secret& assertion) {
  SecretForm form;
  form.add("client_id", sign_in.connection.client_id)
      .add("scope", scope)
      .add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
      .add("client_assertion", assertion.reveal())
      .add("grant_type", "client_credentials");
  return request_token(sign_in, form.take());
}

Result<CredentialPtr> client_certificate(const SignIn& sign_in) {
  QUARRY_CHECK(need_application(sign_in.connection));
  if (sign_in.connection.client_certificate.empty())
    return fail(ErrorCode::kUsage, "no certificate is given",
                "give --client-certificate, or AZURE_CLIENT_CERTIFICATE_PATH");
  return std::make_unique<ClientCertificate>(sign_in);
}

}  // namespace quarry::auth
