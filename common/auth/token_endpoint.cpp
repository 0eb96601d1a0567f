#include "common/auth/token_endpoint.h"

#include "common/auth/aadsts.h"
#include "common/auth/jwt.h"
#include "common/base/random.h"
#include "common/base/text.h"
#include "common/json/document.h"
#include "common/net/pause.h"

#include <fmt/format.h>

#include <optional>

namespace quarry::auth {
namespace {

constexpr int kTries = 3;
constexpr std::size_t kLargestAnswer = 1 << 20;

/// The older endpoint writes numbers as strings.
std::optional<double> number_at(const json::Node& root, std::string_view key) {
  const json::Node node = root.find(key);
  if (const auto number = node.as_double()) return number;
  const auto text = node.as_string();
  return text ? text::parse_double(*text) : std::nullopt;
}

}  // namespace

Result<Token> Credential::refresh(const std::string& scope, const Secret&) { return fetch(scope); }

Result<void> need_application(const Connection& connection) {
  if (connection.tenant.empty())
    return fail(ErrorCode::kUsage, "no tenant is given",
                "give --tenant, QUARRY_TENANT, or tenant in a profile");
  if (connection.client_id.empty())
    return fail(ErrorCode::kUsage, "no client id is given",
                "give --client-id, AZURE_CLIENT_ID, or client_id in a profile");
  return ok();
}

SecretForm& SecretForm::add(std::string_view name, std::string_view value) {
  std::string encoded = net::percent_encode(value);
  // Growing by itself would leave copies behind.
  std::string grown;
  grown.reserve(text_.size() + name.size() + encoded.size() + 2);
  grown += text_;
  if (!grown.empty()) grown += '&';
  grown += name;
  grown += '=';
  grown += encoded;
  wipe(encoded);
  wipe(text_);
  text_ = std::move(grown);
  return *this;
}

Secret SecretForm::take() { return Secret(std::move(text_)); }

std::string token_url(const std::string& login_url, const std::string& tenant) {
  return fmt::format("{}/{}/oauth2/v2.0/token", login_url, tenant);
}

Result<net::Response> post_form(const SignIn& sign_in, const std::string& url, Secret form) {
  for (int attempt = 1;; ++attempt) {
    net::Request request;
    request.method = net::Method::kPost;
    request.url = url;
    request.content_type = "application/x-www-form-urlencoded";
    request.secret_body = form;
    request.headers = {{"Accept", "application/json"}, {"client-request-id", random_guid()}};
    request.repeat = net::Repeat::kAllowed;
    request.max_body = kLargestAnswer;
    QUARRY_TRY(net::Response response, sign_in.http.call(std::move(request)));
    if (attempt >= kTries || !is_transient_sign_in(response)) return response;
    const net::Seconds wait((1 << (attempt - 1)) * (0.75 + 0.5 * random_fraction()));
    QUARRY_CHECK(net::pause(sign_in.clock, wait, sign_in.cancel));
  }
}

Result<Token> read_token(std::string body, const net::Clock& clock) {
  // The document copies the token; its copy lives for a moment only.
  const auto document = json::Document::parse(body, "token");
  wipe(body);
  const json::Node root = document ? document->root() : json::Node();
  const auto text = root.find("access_token").as_string();
  if (!text)
    return fail(ErrorCode::kRemote, "the sign-in service answered without a token",
                "something between this machine and the service may have answered instead");
  Token token;
  token.text = Secret(std::string(*text));
  QUARRY_CHECK(check_bearer(token.text));
  token.obtained = clock.wall();
  const auto lifetime = number_at(root, "expires_in");
  const auto expires = number_at(root, "expires_on");
  if (lifetime && *lifetime > 0) {
    token.expires = token.obtained + *lifetime;
  } else if (expires) {
    token.expires = *expires;
  }
  if (const auto refresh = root.find("refresh_token").as_string())
    token.refresh = Secret(std::string(*refresh));
  return token;
}

Result<Token> request_token(const SignIn& sign_in, Secret form) {
  const std::string url = token_url(sign_in.connection.login_url, sign_in.connection.tenant);
  QUARRY_TRY(net::Response response, post_form(sign_in, url, std::move(form)));
  if (!response.is_success()) return fail(sign_in_error(response));
  return read_token(std::move(response.body), sign_in.clock);
}

}  // namespace quarry::auth
