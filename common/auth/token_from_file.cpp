// A bearer token that somebody else got: it cannot be renewed, so what it says of itself is checked
// before it is sent anywhere.
#include "common/auth/az_answer.h"
#include "common/auth/credential.h"
#include "common/auth/jwt.h"
#include "common/base/private_file.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::auth {
namespace {

class TokenFile : public Credential {
 public:
  explicit TokenFile(const SignIn& sign_in) : sign_in_(sign_in) {}

  Result<Token> fetch(const std::string& scope) override {
    const std::string& path = sign_in_.connection.token_file;
    Token token;
    QUARRY_TRY(token.text, read_private_file(path));
    if (Result<void> fits = check_bearer(token.text); !fits)
      return fail(Error(fits.error()).at(path));
    token.obtained = sign_in_.clock.wall();
    token.expires = expiry_of(token.text);
    if (token.expires != 0 && token.expires <= token.obtained)
      return fail(Error(ErrorCode::kAuth, "the token has expired", "get a new one").at(path));
    const auto claims = read_claims(token.text.reveal());
    if (claims && !fits_audience(claims->audience, resource_of(scope))) {
      return fail(Error(ErrorCode::kAuth,
                        fmt::format("the token is for {}, and {} is needed", claims->audience,
                                    resource_of(scope)),
                        "one token opens one service")
                      .at(path));
    }
    return token;
  }
  std::string describe() const override {
    return fmt::format("token in {}", sign_in_.connection.token_file);
  }
  bool may_be_cached() const override { return false; }
  bool can_renew() const override { return false; }

 private:
  /// An audience is an address, with or without a slash at its end, or the GUID of a service,
  /// which only the service itself can judge.
  static bool fits_audience(std::string_view audience, std::string_view resource) {
    while (audience.ends_with('/')) audience.remove_suffix(1);
    while (resource.ends_with('/')) resource.remove_suffix(1);
    return audience == resource || audience.find("://") == std::string_view::npos;
  }

  const SignIn& sign_in_;
};

}  // namespace

Result<CredentialPtr> token_from_file(const SignIn& sign_in) {
  if (sign_in.connection.token_file.empty())
    return fail(ErrorCode::kUsage, "no token is given", "give --token-file");
  return std::make_unique<TokenFile>(sign_in);
}

}  // namespace quarry::auth
