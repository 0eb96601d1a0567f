#include "tests/fakes/identity.h"

#include "common/base/base64.h"
#include "common/base/random.h"
#include "common/json/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::fakes {
namespace {

constexpr std::string_view kJwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr std::string_view kDeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

Reply oauth_error(std::string_view error) {
  return json_reply(
      fmt::format(R"({{"error":"{}","error_description":"on order","error_codes":[70016]}})",
                  error),
      400);
}

std::string audience_of(std::string scope) {
  scope = scope.substr(0, scope.find(' '));
  const std::size_t end = scope.rfind('/');
  return scope.substr(0, end);
}

}  // namespace

Identity::Identity(Cloud& cloud, IdentityOptions options)
    : cloud_(cloud), options_(std::move(options)) {
  secrets_ = {options_.secret, options_.federated_token};
  const Rule open{.credentials = Credentials::kNone};
  const Rule own{.credentials = Credentials::kByHandler};
  cloud_.add("POST", "/{tenant}/oauth2/v2.0/token", open,
             [this](const Request& request, const Captures& captures) {
               return token(request, captures.at("tenant"));
             });
  cloud_.add("POST", "/{tenant}/oauth2/v2.0/devicecode", open,
             [this](const Request& request, const Captures&) { return device_code(request); });
  cloud_.add("GET", "/metadata/identity/oauth2/token", own,
             [this](const Request& request, const Captures&) { return managed(request); });
  cloud_.add("GET", "/msi/token", own,
             [this](const Request& request, const Captures&) { return app_service(request); });
}

std::vector<std::string> Identity::secrets() const {
  std::vector<std::string> all = cloud_.tokens().issued();
  const std::lock_guard lock(mutex_);
  all.insert(all.end(), secrets_.begin(), secrets_.end());
  for (const std::string& secret : secrets_) all.push_back(net::percent_encode(secret));
  return all;
}

Grant Identity::grant_for(const std::string& audience, bool of_person) const {
  Grant grant{.audience = audience,
              .permissions = {},
              .tenant = options_.tenant,
              .client_id = options_.client_id,
              .of_person = of_person,
              .seconds = options_.token_seconds};
  const auto found = options_.permissions.find(audience);
  if (found != options_.permissions.end()) grant.permissions = found->second;
  return grant;
}

Reply Identity::token(const Request& request, const std::string& tenant) {
  if (request.header("Content-Type") != "application/x-www-form-urlencoded")
    cloud_.violation("a token request is no form");
  if (!request.query.empty()) cloud_.violation("a token request has parameters in its address");
  if (tenant != options_.tenant) return aadsts_reply(90002, "tenant not found");
  if (request.form_value("client_id") != options_.client_id)
    return aadsts_reply(700016, "application not found");
  const std::string grant = request.form_value("grant_type");
  if (grant == "client_credentials") return client_credentials(request);
  if (grant == kDeviceGrant) return poll_device(request);
  if (grant == "refresh_token") return refresh(request);
  return aadsts_reply(70003, "unsupported grant type");
}

Reply Identity::client_credentials(const Request& request) {
  const std::string scope = request.form_value("scope");
  if (!scope.ends_with("/.default") || scope.find(' ') != std::string::npos)
    return aadsts_reply(1002012, "scope is not valid");
  const std::string secret = request.form_value("client_secret");
  const std::string assertion = request.form_value("client_assertion");
  if (!assertion.empty()) {
    if (request.form_value("client_assertion_type") != kJwtBearer)
      return aadsts_reply(90014, "client_assertion_type is missing");
    if (const auto refusal = check_assertion(assertion)) return *refusal;
  } else if (secret != options_.secret) {
    return aadsts_reply(7000215, "invalid client secret provided");
  }
  return granted(scope, false);
}

std::optional<Reply> Identity::check_assertion(const std::string& assertion) {
  if (assertion == options_.federated_token) return std::nullopt;
  const std::size_t dot = assertion.find('.');
  const auto header = decode_base64(std::string_view(assertion).substr(0, dot));
  const auto claims =
      decode_base64(std::string_view(assertion).substr(dot + 1, assertion.rfind('.') - dot - 1));
  if (dot == std::string::npos || !header || !claims || options_.certificate == nullptr)
    return aadsts_reply(70021, "no matching federated identity record");
  const auto head = json::Document::parse(*header, "header");
  const auto body = json::Document::parse(*claims, "claims");
  if (!head || !body) return aadsts_reply(700024, "malformed assertion");
  const std::string_view x5t256 = head->root().find("x5t#S256").as_string().value_or("");
  const std::string_view x5t = head->root().find("x5t").as_string().value_or("");
  if (x5t256 != options_.certificate->sha256 && x5t != options_.certificate->sha1)
    return aadsts_reply(700027, "the certificate is not registered");
  if (!signature_fits(assertion, *options_.certificate))
    return aadsts_reply(700027, "the signature does not fit");
  const json::Node root = body->root();
  const std::string audience =
      options_.assertion_audience.empty()
          ? fmt::format("https://login.microsoftonline.com/{}/oauth2/v2.0/token", options_.tenant)
          : options_.assertion_audience;
  if (root.find("aud").as_string() != audience) return aadsts_reply(700023, "wrong audience");
  if (root.find("iss").as_string() != options_.client_id ||
      root.find("sub").as_string() != options_.client_id)
    return aadsts_reply(700021, "wrong issuer or subject");
  const double now = cloud_.clock().wall();
  const double expires = root.find("exp").as_double().value_or(0);
  const double begins = root.find("nbf").as_double().value_or(1e18);
  if (expires < now || begins > now + 300 || expires > now + 24 * 3600)
    return aadsts_reply(700024, "the assertion is not within its valid time range");
  const std::lock_guard lock(mutex_);
  secrets_.push_back(assertion);
  if (!used_assertions_.insert(std::string(root.find("jti").as_string().value_or(""))).second)
    return aadsts_reply(7000214, "the assertion was used before");
  return std::nullopt;
}

Reply Identity::granted(const std::string& scope, bool of_person) {
  const std::string token = cloud_.tokens().issue(grant_for(audience_of(scope), of_person));
  const auto number = [this](double value) {
    return options_.string_numbers ? fmt::format("\"{:.0f}\"", value)
                                   : fmt::format("{:.0f}", value);
  };
  std::string body = fmt::format(R"({{"token_type":"Bearer","expires_in":{},"access_token":"{}")",
                                 number(options_.token_seconds), token);
  if (options_.string_numbers)
    body +=
        fmt::format(R"(,"expires_on":{})", number(cloud_.clock().wall() + options_.token_seconds));
  if (of_person && scope.find("offline_access") != std::string::npos) {
    const std::lock_guard lock(mutex_);
    if (!refresh_token_.empty()) old_refresh_tokens_.insert(refresh_token_);
    refresh_token_ = "refresh-" + random_guid();
    secrets_.push_back(refresh_token_);
    body += fmt::format(R"(,"refresh_token":"{}")", refresh_token_);
  }
  return json_reply(body + "}");
}

Reply Identity::device_code(const Request& request) {
  if (request.form_value("client_id") != options_.client_id)
    return aadsts_reply(700016, "application not found");
  const std::lock_guard lock(mutex_);
  device_scope_ = request.form_value("scope");
  polls_ = 0;
  interval_ = 5;
  last_poll_ = cloud_.clock().wall();
  return json_reply(
      R"({"device_code":"device-code-secret","user_code":"ABCD1234","verification_uri":)"
      R"("https://microsoft.com/devicelogin","expires_in":900,"interval":5,)"
      R"("message":"To sign in, open https://microsoft.com/devicelogin and enter ABCD1234"})");
}

Reply Identity::poll_device(const Request& request) {
  if (request.form_value("device_code") != "device-code-secret")
    return oauth_error("bad_verification_code");
  std::unique_lock lock(mutex_);
  const double now = cloud_.clock().wall();
  // Clocks of two processes may differ by a little.
  if (now - last_poll_ < interval_ - 0.002 * cloud_.scale())
    cloud_.violation("the device code was polled too early");
  last_poll_ = now;
  ++polls_;
  if (polls_ <= options_.device_pending) return oauth_error("authorization_pending");
  if (options_.device_declined) return oauth_error("authorization_declined");
  if (polls_ == options_.device_pending + 1) {
    interval_ += 5;
    return oauth_error("slow_down");
  }
  const std::string scope = device_scope_;
  lock.unlock();
  return granted(scope, true);
}

Reply Identity::refresh(const Request& request) {
  const std::string token = request.form_value("refresh_token");
  {
    const std::lock_guard lock(mutex_);
    if (old_refresh_tokens_.contains(token)) cloud_.violation("an old refresh token came again");
    if (token != refresh_token_) return aadsts_reply(700082, "the refresh token has expired");
  }
  return granted(request.form_value("scope") + " offline_access", true);
}

Reply Identity::managed(const Request& request) {
  if (request.header("Metadata") != "true") {
    cloud_.violation("the metadata service was asked without its header");
    return error_reply(400, "invalid_request", "Metadata header is missing");
  }
  const bool is_arc = request.parameter("api-version") == "2019-11-01";
  if (is_arc && request.header("Authorization") != "Basic " + options_.arc_key) {
    Reply reply = error_reply(401, "unauthorized", "read the key");
    reply.headers = {{"WWW-Authenticate", "Basic realm=" + options_.arc_key_file}};
    return reply;
  }
  if (!is_arc && request.header("Authorization"))
    cloud_.violation("a credential came to the metadata service");
  return granted(request.parameter("resource").value_or("") + "/.default", false);
}

Reply Identity::app_service(const Request& request) {
  if (request.header("X-IDENTITY-HEADER") != options_.identity_header)
    return error_reply(401, "unauthorized", "X-IDENTITY-HEADER is missing");
  return granted(request.parameter("resource").value_or("") + "/.default", false);
}

}  // namespace quarry::fakes
