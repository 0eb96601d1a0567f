#include "common/auth/choose_credential.h"

#include "common/net/url.h"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace quarry::auth {
namespace {

/// The credential that systemd's LoadCredential=quarry-client-secret puts there.
constexpr const char* kSystemdName = "/quarry-client-secret";

std::string systemd_secret(const SignIn& sign_in) {
  const std::string folder = sign_in.environment("CREDENTIALS_DIRECTORY").value_or("");
  const std::string path = folder + kSystemdName;
  return !folder.empty() && ::access(path.c_str(), F_OK) == 0 ? path : "";
}

bool has_variable(const SignIn& sign_in, const char* name) {
  return !sign_in.environment(name).value_or("").empty();
}

Result<CredentialPtr> any_secret(const SignIn& sign_in) {
  const std::string& file = sign_in.connection.client_secret_file;
  if (!file.empty()) return client_secret_from_file(sign_in, file);
  const std::string systemd = systemd_secret(sign_in);
  if (!systemd.empty()) return client_secret_from_file(sign_in, systemd);
  if (has_variable(sign_in, "AZURE_CLIENT_SECRET")) return client_secret_from_environment(sign_in);
  if (sign_in.ask_secret) return client_secret_typed(sign_in);
  return fail(ErrorCode::kUsage, "no client secret is given",
              "give --client-secret-file, or a systemd credential quarry-client-secret");
}

Result<CredentialPtr> no_credential(const Connection& connection) {
  for (const Endpoint& endpoint : connection.endpoints) {
    if (endpoint.url.empty()) continue;
    const Result<net::Url> url = net::parse_url(endpoint.url);
    if (url && url->is_loopback()) return CredentialPtr();
  }
  return fail(ErrorCode::kUsage, "--auth none is for services on this machine",
              "name one, for example --adx-url http://127.0.0.1:8080");
}

Result<CredentialPtr> first_configured(const SignIn& sign_in) {
  const Connection& connection = sign_in.connection;
  if (!connection.token_file.empty()) return token_from_file(sign_in);
  if (!connection.client_secret_file.empty()) return any_secret(sign_in);
  if (!connection.client_certificate.empty()) return client_certificate(sign_in);
  if (!connection.credential_command.empty()) return credential_command(sign_in);
  if (!systemd_secret(sign_in).empty()) return any_secret(sign_in);
  const bool on_github = has_variable(sign_in, "ACTIONS_ID_TOKEN_REQUEST_URL");
  if (!connection.federated_token_file.empty() || (on_github && !connection.client_id.empty()))
    return federated_token(sign_in);
  if (has_variable(sign_in, "AZURE_CLIENT_SECRET")) return any_secret(sign_in);
  if (connection.kind == AuthKind::kAuto && is_azure_host(sign_in))
    return managed_identity(sign_in);
  return az_token(sign_in);
}

}  // namespace

Result<CredentialPtr> choose_credential(const SignIn& sign_in) {
  switch (sign_in.connection.kind) {
    case AuthKind::kFirst:
    case AuthKind::kAuto:
      return first_configured(sign_in);
    case AuthKind::kSecret:
      return any_secret(sign_in);
    case AuthKind::kCertificate:
      return client_certificate(sign_in);
    case AuthKind::kFederated:
      return federated_token(sign_in);
    case AuthKind::kManagedIdentity:
      return managed_identity(sign_in);
    case AuthKind::kCommand:
      return credential_command(sign_in);
    case AuthKind::kDeviceCode:
      return device_code(sign_in);
    case AuthKind::kAz:
      return az_token(sign_in);
    case AuthKind::kToken:
      return token_from_file(sign_in);
    case AuthKind::kNone:
      return no_credential(sign_in.connection);
  }
  return fail(ErrorCode::kInternal, "unknown kind of credential");
}

}  // namespace quarry::auth
