// Tokens by OAuth 2.0 client credentials (RFC 6749 §4.4), as some vendors ask for them in front of
// their TAXII server.
#pragma once

#include "common/auth/credential.h"
#include "common/base/secret.h"
#include "common/net/clock.h"
#include "common/net/http.h"
#include "common/net/token_source.h"

#include <string>

namespace quarry::services::taxii {

struct ClientCredentialsOptions {
  std::string token_url;  // empty: there is no such sign-in
  std::string client_id;
  Secret secret;
  std::string scope;  // may be empty
};

/// One token for everything. The secret goes to the token endpoint alone.
class ClientCredentials : public net::TokenSource {
 public:
  /// `http`, of its own and without tokens, and `clock` outlive this.
  ClientCredentials(net::Http& http, const net::Clock& clock, ClientCredentialsOptions options)
      : http_(http), clock_(clock), options_(std::move(options)) {}

  /// The scope is the one of the options, whatever is asked for. kAuth where it is refused.
  Result<Secret> token(const std::string& scope) override;
  Result<Secret> renew(const std::string& scope, const Secret& refused) override;

 private:
  enum class Place : unsigned char { kHeader, kBody };
  net::Request request(Place place) const;
  Result<auth::Token> fetch();

  net::Http& http_;
  const net::Clock& clock_;
  ClientCredentialsOptions options_;
  Place place_ = Place::kHeader;  // of id and secret
  auth::Token token_;
};

}  // namespace quarry::services::taxii
