// The token endpoint of the sign-in service: forms with secrets in, tokens out.
#pragma once

#include "common/auth/credential.h"
#include "common/net/url.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::auth {

/// A form whose values may be secret; nothing of it is left behind in memory.
class SecretForm {
 public:
  SecretForm& add(std::string_view name, std::string_view value);
  Secret take();

 private:
  std::string text_;
};

/// "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token"
std::string token_url(const std::string& login_url, const std::string& tenant);

/// POSTs the form, trying again where the service is busy. Any answer is a Response.
Result<net::Response> post_form(const SignIn& sign_in, const std::string& url, Secret form);
/// The same, and reads the token; the service's refusal as an Error with advice.
Result<Token> request_token(const SignIn& sign_in, Secret form);
/// Client credentials with an assertion: of a certificate, or of another identity provider.
Result<Token> fetch_with_assertion(const SignIn& sign_in, const std::string& scope,
                                   const Secret& assertion);
/// access_token, expires_in or expires_on (numbers or strings), refresh_token. `body` is wiped.
Result<Token> read_token(std::string body, const net::Clock& clock);

}  // namespace quarry::auth
