// Everything that one tenant's requests go through, put together: wire, clock, tokens, limits,
// retries. What a tool opens once for each profile.
#pragma once

#include "common/auth/connection.h"
#include "common/auth/credential.h"
#include "common/auth/token_provider.h"
#include "common/net/client.h"
#include "common/net/curl_http.h"

#include <functional>
#include <memory>
#include <string>

namespace quarry::auth {

struct SessionOptions {
  Environment environment;
  const CancelToken* cancel = nullptr;
  std::string user_agent = "quarry";
  /// Lines of HTTP for -vv; no secrets. May be empty.
  std::function<void(const std::string&)> trace = {};
  std::function<void(const net::Waiting&)> on_wait = {};
  /// Something the user should know (rate limits not shared). May be empty.
  std::function<void(const std::string&)> warn = {};
  /// Says something to the person at once: the code of a device sign-in. May be empty.
  std::function<void(const std::string&)> tell = {};
  /// Asks the person for the client secret. Empty where nobody can be asked.
  std::function<Result<Secret>(const std::string& question)> ask_secret = {};
};

class Session {
 public:
  /// Chooses the credential; asks nothing of the network yet.
  static Result<std::unique_ptr<Session>> open(Connection connection, SessionOptions options);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// For requests: with tokens where they name a scope, within limits, repeated where allowed.
  net::Client& http() { return *client_; }
  const net::Clock& clock() const { return clock_; }
  const Connection& connection() const { return connection_; }
  Result<Endpoint> need(Service service) const { return need_endpoint(connection_, service); }

  /// nullptr with --auth none.
  TokenProvider* tokens() { return tokens_.get(); }
  /// "client secret in /etc/quarry/secret"; "no credential".
  std::string credential() const;

 private:
  Session(Connection connection, SessionOptions options);

  Connection connection_;
  SessionOptions options_;
  net::SystemClock clock_;
  // Signing in has a wire of its own: it may be needed in the middle of a request.
  std::unique_ptr<net::CurlHttp> sign_in_wire_;
  std::unique_ptr<net::Client> sign_in_http_;
  std::unique_ptr<SignIn> sign_in_;
  std::unique_ptr<TokenProvider> tokens_;
  std::unique_ptr<net::RateLimiter> limiter_;
  std::unique_ptr<net::CurlHttp> wire_;
  std::unique_ptr<net::Client> client_;
};

}  // namespace quarry::auth
