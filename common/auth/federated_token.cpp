// Workload identity federation: another issuer's token (Kubernetes, GitHub Actions) is the
// assertion. It rotates, so it is read at every request.
#include "common/auth/aadsts.h"
#include "common/auth/credential.h"
#include "common/auth/jwt.h"
#include "common/auth/token_endpoint.h"
#include "common/base/file.h"
#include "common/json/document.h"
#include "common/net/service_error.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::auth {
namespace {

constexpr std::string_view kAudience = "api://AzureADTokenExchange";

Result<Secret> read_assertion_file(const std::string& path) {
  // Projected by the cluster with its own permissions: group may read it there.
  Result<std::string> text = read_file(path, 64 << 10);
  if (!text) return fail(Error(ErrorCode::kAuth, text.error().message()).at(path));
  while (text->ends_with('\n')) text->pop_back();
  if (text->empty()) return fail(Error(ErrorCode::kAuth, "the federated token is empty").at(path));
  return Secret(*std::move(text));
}

class FederatedToken : public Credential {
 public:
  explicit FederatedToken(const SignIn& sign_in) : sign_in_(sign_in) {}

  Result<Token> fetch(const std::string& scope) override {
    QUARRY_TRY(const Secret assertion, read());
    Result<Token> token = fetch_with_assertion(sign_in_, scope, assertion);
    if (token || token.error().message().find("AADSTS7002") == std::string::npos) return token;
    return fail(token.error().code(), token.error().message(), explained(assertion));
  }
  std::string describe() const override {
    return from_file() ? fmt::format("federated token in {}", file())
                       : "federated token of GitHub Actions";
  }

 private:
  const std::string& file() const { return sign_in_.connection.federated_token_file; }
  bool from_file() const { return !file().empty(); }

  Result<Secret> read() const { return from_file() ? read_assertion_file(file()) : ask_github(); }

  Result<Secret> ask_github() const {
    const std::string url = sign_in_.environment("ACTIONS_ID_TOKEN_REQUEST_URL").value_or("");
    std::string bearer = sign_in_.environment("ACTIONS_ID_TOKEN_REQUEST_TOKEN").value_or("");
    net::Request request;
    request.url = net::with_parameters(url, {{"audience", std::string(kAudience)}});
    request.secret_headers.push_back({"Authorization", Secret("Bearer " + bearer)});
    wipe(bearer);
    QUARRY_TRY(net::Response response, sign_in_.http.call(std::move(request)));
    if (!response.is_success()) return fail(net::error_of(response, "ask GitHub for a token"));
    const auto document = json::Document::parse(response.body, "token");
    wipe(response.body);
    const auto value = document ? document->root().find("value").as_string() : std::nullopt;
    if (!value) return fail(ErrorCode::kAuth, "GitHub answered without a token");
    return Secret(std::string(*value));
  }

  /// What the service compares, from the assertion itself, without its signature.
  static std::string explained(const Secret& assertion) {
    const auto claims = read_claims(assertion.reveal());
    if (!claims) return "the federated token is no JSON Web Token";
    return fmt::format("compare with the federated credential: issuer {}, subject {}, audience {}",
                       claims->issuer, claims->subject, claims->audience);
  }

  const SignIn& sign_in_;
};

}  // namespace

Result<CredentialPtr> federated_token(const SignIn& sign_in) {
  QUARRY_CHECK(need_application(sign_in.connection));
  const bool on_github =
      !sign_in.environment("ACTIONS_ID_TOKEN_REQUEST_URL").value_or("").empty() &&
      !sign_in.environment("ACTIONS_ID_TOKEN_REQUEST_TOKEN").value_or("").empty();
  if (sign_in.connection.federated_token_file.empty() && !on_github)
    return fail(ErrorCode::kUsage, "no federated token is there",
                "AZURE_FEDERATED_TOKEN_FILE names its file");
  return std::make_unique<FederatedToken>(sign_in);
}

}  // namespace quarry::auth
