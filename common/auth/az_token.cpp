// A token from the Azure CLI, which signed the person in. It is asked, its files are not read.
#include "common/auth/az_answer.h"
#include "common/auth/credential.h"
#include "common/auth/jwt.h"
#include "common/base/process.h"
#include "common/base/text.h"
#include "common/json/document.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace quarry::auth {
namespace {

/// az prints a traceback's worth; the line with the reason is the last that says ERROR.
std::string reason_in(const std::string& errors) {
  std::string reason;
  for (const std::string_view line : text::split(errors, '\n')) {
    if (line.find("ERROR") != std::string_view::npos ||
        line.find("AADSTS") != std::string_view::npos)
      reason = line;
  }
  if (reason.empty()) reason = errors.substr(0, errors.find('\n'));
  return reason.substr(0, 400);
}

class AzToken : public Credential {
 public:
  explicit AzToken(const SignIn& sign_in) : sign_in_(sign_in) {}

  Result<Token> fetch(const std::string& scope) override {
    std::vector<std::string> words{
        "az", "account", "get-access-token", "--resource", resource_of(scope), "--output", "json"};
    const std::string& tenant = sign_in_.connection.tenant;
    if (!tenant.empty()) words.insert(words.end(), {"--tenant", tenant});
    Result<ProcessOutcome> ran = run_process(words, {.cancel = sign_in_.cancel});
    if (!ran) {
      if (ran.error().code() != ErrorCode::kUsage) return fail(ran.error());
      return fail(ErrorCode::kAuth, "no credential is configured, and there is no az to ask",
                  "give --client-id with a certificate or a secret, or sign in with az login");
    }
    if (ran->status != 0) {
      return fail(ErrorCode::kAuth, fmt::format("az gave no token: {}", reason_in(ran->errors)),
                  "az login; for Graph security and Defender an application of your own is needed");
    }
    std::optional<Token> token = read_az_answer(ran->output.reveal(), sign_in_.clock);
    if (!token) return fail(ErrorCode::kAuth, "az answered without a token");
    QUARRY_CHECK(check_bearer(token->text));
    return *std::move(token);
  }
  std::string describe() const override { return "token of az"; }
  bool may_be_cached() const override { return false; }

 private:
  const SignIn& sign_in_;
};

}  // namespace

double expiry_of(const Secret& token) {
  const auto claims = read_claims(token.reveal());
  return claims && claims->expires ? static_cast<double>(*claims->expires) : 0;
}

std::optional<Token> read_az_answer(std::string_view text, const net::Clock& clock) {
  const auto document = json::Document::parse(text, "token");
  if (!document) return std::nullopt;
  const json::Node root = document->root();
  const auto access = root.find("accessToken").as_string();
  if (!access || access->empty()) return std::nullopt;
  Token token;
  token.text = Secret(std::string(*access));
  token.obtained = clock.wall();
  // expiresOn is local time without its zone: of no use.
  const json::Node expires = root.find("expires_on");
  if (const auto number = expires.as_double()) {
    token.expires = *number;
  } else if (const auto digits = expires.as_string()) {
    token.expires = text::parse_double(*digits).value_or(0);
  }
  if (token.expires == 0) token.expires = expiry_of(token.text);
  return token;
}

Result<CredentialPtr> az_token(const SignIn& sign_in) { return std::make_unique<AzToken>(sign_in); }

}  // namespace quarry::auth
