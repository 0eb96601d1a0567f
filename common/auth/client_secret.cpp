// Client credentials with a secret (RFC 6749 §4.4): from a private file, which a systemd credential
// is too, or from AZURE_CLIENT_SECRET.
#include "common/auth/client_secret.h"

#include "common/auth/token_endpoint.h"
#include "common/base/private_file.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::auth {
namespace {

class ClientSecret : public Credential {
 public:
  ClientSecret(const SignIn& sign_in, std::string description, std::function<Result<Secret>()> read)
      : sign_in_(sign_in), description_(std::move(description)), read_(std::move(read)) {}

  Result<Token> fetch(const std::string& scope) override {
    QUARRY_TRY(const Secret secret, read_());
    return fetch_with_secret(sign_in_, scope, secret);
  }
  std::string describe() const override { return description_; }

 private:
  const SignIn& sign_in_;
  std::string description_;
  std::function<Result<Secret>()> read_;
};

}  // namespace

Result<Token> fetch_with_secret(const SignIn& sign_in, const std::string& scope,
                                const Secret& secret) {
  SecretForm form;
  form.add("client_id", sign_in.connection.client_id)
      .add("scope", scope)
      .add("client_secret", secret.reveal())
      .add("grant_type", "client_credentials");
  return request_token(sign_in, form.take());
}

Result<CredentialPtr> client_secret_from_file(const SignIn& sign_in, std::string path) {
  QUARRY_CHECK(need_application(sign_in.connection));
  std::string description = fmt::format("client secret in {}", path);
  return std::make_unique<ClientSecret>(sign_in, std::move(description), [path = std::move(path)] {
    return read_private_file(path);
  });
}

Result<CredentialPtr> client_secret_typed(const SignIn& sign_in) {
  QUARRY_CHECK(need_application(sign_in.connection));
  return std::make_unique<ClientSecret>(
      sign_in, "client secret typed by hand",
      [&sign_in, typed = std::make_shared<Secret>()]() -> Result<Secret> {
        if (typed->empty()) {
          QUARRY_TRY(*typed, sign_in.ask_secret(
                                 fmt::format("client secret of {}", sign_in.connection.client_id)));
        }
        return *typed;
      });
}

Result<CredentialPtr> client_secret_from_environment(const SignIn& sign_in) {
  QUARRY_CHECK(need_application(sign_in.connection));
  return std::make_unique<ClientSecret>(
      sign_in, "client secret in AZURE_CLIENT_SECRET", [&sign_in]() -> Result<Secret> {
        Secret secret(sign_in.environment("AZURE_CLIENT_SECRET").value_or(""));
        if (secret.empty()) return fail(ErrorCode::kAuth, "AZURE_CLIENT_SECRET is not set");
        return secret;
      });
}

}  // namespace quarry::auth
