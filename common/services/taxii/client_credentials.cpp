#include "common/services/taxii/client_credentials.h"

#include "common/auth/token_endpoint.h"
#include "common/json/document.h"
#include "common/net/url.h"
#include "common/services/taxii/login.h"

#include <fmt/format.h>

namespace quarry::services::taxii {
namespace {

constexpr double kMargin = 120;  // seconds that a token must be good for yet

/// "invalid_client: …", the endpoint's own words (RFC 6749 §5.2).
std::string words_of(const net::Response& response) {
  const auto document = json::Document::parse(response.body, "answer");
  if (!document) return {};
  const auto text = [&](std::string_view key) {
    return std::string(document->root().find(key).as_string().value_or(""));
  };
  const std::string error = text("error"), description = text("error_description");
  if (error.empty()) return {};
  return ": " + error + (description.empty() ? "" : " (" + description + ")");
}

}  // namespace

net::Request ClientCredentials::request(Place place) const {
  net::Request request{.method = net::Method::kPost,
                       .url = options_.token_url,
                       .headers = {{"Accept", "application/json"}},
                       .content_type = "application/x-www-form-urlencoded",
                       .repeat = net::Repeat::kAllowed,
                       .max_body = 1 << 20};
  auth::SecretForm form;
  form.add("grant_type", "client_credentials");
  if (!options_.scope.empty()) form.add("scope", options_.scope);
  if (place == Place::kBody) {
    form.add("client_id", options_.client_id).add("client_secret", options_.secret.reveal());
  } else {
    // RFC 6749 §2.3.1: both are encoded like values of a form first.
    request.secret_headers.push_back(
        basic_login(net::percent_encode(options_.client_id),
                    Secret(net::percent_encode(options_.secret.reveal()))));
  }
  request.secret_body = form.take();
  return request;
}

Result<auth::Token> ClientCredentials::fetch() {
  QUARRY_TRY(net::Response response, http_.call(request(place_)));
  // Endpoints must know the header and may know the body; some know the body alone.
  if (place_ == Place::kHeader && (response.status == 400 || response.status == 401)) {
    QUARRY_TRY(net::Response second, http_.call(request(Place::kBody)));
    if (second.is_success()) {
      place_ = Place::kBody;
      response = std::move(second);
    }
  }
  if (!response.is_success()) {
    return fail(ErrorCode::kAuth,
                fmt::format("{} gives no token: HTTP {}{}", net::shown_url(options_.token_url),
                            response.status, words_of(response)),
                "check --oauth-client-id, its secret and --oauth-scope");
  }
  return auth::read_token(std::move(response.body), clock_);
}

Result<Secret> ClientCredentials::token(const std::string&) {
  const bool lasts = token_.expires == 0 || token_.expires > clock_.wall() + kMargin;
  // One that never lived longer than the margin is good for now.
  const bool young = clock_.wall() < token_.obtained + (token_.expires - token_.obtained) / 2;
  if (!token_.text.empty() && (lasts || young)) return token_.text;
  QUARRY_TRY(token_, fetch());
  return token_.text;
}

Result<Secret> ClientCredentials::renew(const std::string&, const Secret&) {
  QUARRY_TRY(token_, fetch());
  return token_.text;
}

}  // namespace quarry::services::taxii
