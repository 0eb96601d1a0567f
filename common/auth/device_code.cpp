// Device code (RFC 8628): a person signs in on another machine. A technique that phishing uses as
// well, so it starts only when asked for by name.
#include "common/auth/aadsts.h"
#include "common/auth/credential.h"
#include "common/auth/token_endpoint.h"
#include "common/json/document.h"
#include "common/net/pause.h"
#include "common/net/service_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::auth {
namespace {

/// What the service promised the person.
struct Code {
  Secret device_code;
  std::string message;
  double expires_in = 900;
  double interval = 5;
};

Result<Code> read_code(net::Response response) {
  const auto document = json::Document::parse(response.body, "answer");
  const json::Node root = document ? document->root() : json::Node();
  const auto device_code = root.find("device_code").as_string();
  if (!device_code)
    return fail(ErrorCode::kRemote, "the sign-in service answered without a device code");
  Code code;
  code.device_code = Secret(std::string(*device_code));
  code.message = root.find("message").as_string().value_or("");
  if (code.message.empty()) {
    code.message =
        fmt::format("To sign in, open {} and enter the code {}",
                    root.find("verification_uri").as_string().value_or("the sign-in page"),
                    root.find("user_code").as_string().value_or(""));
  }
  code.expires_in = root.find("expires_in").as_double().value_or(code.expires_in);
  code.interval = std::max(1.0, root.find("interval").as_double().value_or(code.interval));
  return code;
}

class DeviceCode : public Credential {
 public:
  explicit DeviceCode(const SignIn& sign_in) : sign_in_(sign_in) {}

  Result<Token> fetch(const std::string& scope) override {
    const Connection& connection = sign_in_.connection;
    SecretForm form;
    form.add("client_id", connection.client_id).add("scope", scope + " offline_access");
    const std::string url =
        fmt::format("{}/{}/oauth2/v2.0/devicecode", connection.login_url, connection.tenant);
    QUARRY_TRY(net::Response response, post_form(sign_in_, url, form.take()));
    if (!response.is_success()) return fail(sign_in_error(response));
    QUARRY_TRY(const Code code, read_code(std::move(response)));
    if (sign_in_.tell) sign_in_.tell(code.message);
    return poll(code);
  }

  Result<Token> refresh(const std::string& scope, const Secret& refresh_token) override {
    SecretForm form;
    form.add("client_id", sign_in_.connection.client_id)
        .add("scope", scope + " offline_access")
        .add("grant_type", "refresh_token")
        .add("refresh_token", refresh_token.reveal());
    return request_token(sign_in_, form.take());
  }
  std::string describe() const override { return "device code"; }

 private:
  Result<Token> poll(const Code& code) {
    double interval = code.interval;
    const double end = sign_in_.clock.steady() + code.expires_in;
    while (sign_in_.clock.steady() < end) {
      QUARRY_CHECK(net::pause(sign_in_.clock, net::Seconds(interval), sign_in_.cancel));
      SecretForm form;
      form.add("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
          .add("client_id", sign_in_.connection.client_id)
          .add("device_code", code.device_code.reveal());
      const std::string url = token_url(sign_in_.connection.login_url, sign_in_.connection.tenant);
      QUARRY_TRY(net::Response response, post_form(sign_in_, url, form.take()));
      if (response.is_success()) return read_token(std::move(response.body), sign_in_.clock);
      const std::string error = net::read_service_error(response).code;
      if (error == "slow_down") interval += 5;
      if (error == "authorization_pending" || error == "slow_down") continue;
      if (error == "authorization_declined" || error == "access_denied")
        return fail(ErrorCode::kAuth, "the person declined the sign-in");
      if (error == "expired_token" || error == "bad_verification_code") break;
      return fail(sign_in_error(response));
    }
    return fail(ErrorCode::kAuth, "nobody signed in before the code expired", "start again");
  }

  const SignIn& sign_in_;
};

}  // namespace

Result<CredentialPtr> device_code(const SignIn& sign_in) {
  QUARRY_CHECK(need_application(sign_in.connection));
  return std::make_unique<DeviceCode>(sign_in);
}

}  // namespace quarry::auth
