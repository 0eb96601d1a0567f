// Tokens for the client: kept in memory and on disk, renewed before they end, asked for once by all
// processes together.
#pragma once

#include "common/auth/credential.h"
#include "common/auth/token_cache.h"
#include "common/net/token_source.h"

#include <functional>
#include <map>
#include <string>

namespace quarry::auth {

class TokenProvider : public net::TokenSource {
 public:
  /// `sign_in` outlives the provider. `credential` is no nullptr. `cache_folder` may be "".
  TokenProvider(const SignIn& sign_in, CredentialPtr credential, std::string cache_folder);

  Result<Secret> token(const std::string& scope) override;
  Result<Secret> renew(const std::string& scope, const Secret& refused) override;

  const Credential& credential() const { return *credential_; }
  /// When the token of this scope ends (Clock::wall()); 0: unknown.
  double expires(const std::string& scope) const;

 private:
  bool is_good(const Token& token) const;
  Result<Secret> obtain(const std::string& scope, const Secret* refused);
  Result<Token> fetch(const std::string& scope, const std::optional<Token>& kept);

  const SignIn& sign_in_;
  CredentialPtr credential_;
  TokenCache cache_;
  std::map<std::string, Token> tokens_;  // by scope
};

}  // namespace quarry::auth
