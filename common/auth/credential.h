// A way to a token. Each lives in a file of its own; choose_credential.h picks one.
#pragma once

#include "common/auth/connection.h"
#include "common/base/cancel.h"
#include "common/base/env.h"
#include "common/base/result.h"
#include "common/base/secret.h"
#include "common/net/clock.h"
#include "common/net/http.h"

#include <functional>
#include <memory>
#include <string>

namespace quarry::auth {

struct Token {
  Secret text;
  double expires = 0;   // Clock::wall(); 0: unknown
  double obtained = 0;  // Clock::wall()
  Secret refresh = {};  // of a person's sign-in; else empty
};

/// What a credential works with; all of it outlives the credential.
struct SignIn {
  const Connection& connection;
  net::Http& http;  // without tokens; retries by itself
  const net::Clock& clock;
  const CancelToken* cancel = nullptr;
  Environment environment;
  /// Says something to the person at once: the code to type.
  std::function<void(const std::string&)> tell;
  /// Asks the person for a secret. Empty where nobody can be asked.
  std::function<Result<Secret>(const std::string& question)> ask_secret;
};

class Credential {
 public:
  virtual ~Credential() = default;
  /// Asks for a token for the scope. kAuth where it is refused.
  virtual Result<Token> fetch(const std::string& scope) = 0;
  /// A new token from a refresh token; kAuth where this way has none.
  virtual Result<Token> refresh(const std::string& scope, const Secret& refresh_token);
  /// In words, without secrets: "client secret in /etc/quarry/secret".
  virtual std::string describe() const = 0;
  /// Borrowed tokens and those of the machine are not ours to keep.
  virtual bool may_be_cached() const { return true; }
  /// A new fetch() may bring another token than the last.
  virtual bool can_renew() const { return true; }
};

using CredentialPtr = std::unique_ptr<Credential>;

/// Where the secret comes from is read at every request: it may have been exchanged.
Result<CredentialPtr> client_secret_from_file(const SignIn& sign_in, std::string path);
Result<CredentialPtr> client_secret_from_environment(const SignIn& sign_in);
/// Asked for once, when first needed.
Result<CredentialPtr> client_secret_typed(const SignIn& sign_in);
Result<CredentialPtr> client_certificate(const SignIn& sign_in);
Result<CredentialPtr> federated_token(const SignIn& sign_in);
Result<CredentialPtr> managed_identity(const SignIn& sign_in);
/// Whether this machine runs in Azure, or belongs to it (Arc). Asks no network.
bool is_azure_host(const SignIn& sign_in);
Result<CredentialPtr> credential_command(const SignIn& sign_in);
Result<CredentialPtr> device_code(const SignIn& sign_in);
Result<CredentialPtr> az_token(const SignIn& sign_in);
Result<CredentialPtr> token_from_file(const SignIn& sign_in);

/// kUsage that names what is missing, where a sign-in needs tenant and client id.
Result<void> need_application(const Connection& connection);

}  // namespace quarry::auth
