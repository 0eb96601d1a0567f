#include "common/auth/session.h"

#include "common/auth/choose_credential.h"
#include "common/base/private_file.h"
#include "common/net/url.h"

#include <utility>
#include <vector>

namespace quarry::auth {
namespace {

net::CurlOptions wire_options(const Connection& connection, const SessionOptions& options) {
  return {.ca_file = connection.ca_file,
          .proxy = connection.proxy,
          .no_proxy = connection.no_proxy,
          .user_agent = options.user_agent,
          .cancel = options.cancel};
}

std::vector<std::string> origins_of(const Connection& connection) {
  std::vector<std::string> origins;
  for (const Endpoint& endpoint : connection.endpoints) {
    const Result<net::Url> url = net::parse_url(endpoint.url);
    if (url) origins.push_back(url->origin());
  }
  return origins;
}

std::string below(const std::string& folder, const char* name) {
  return folder.empty() ? "" : folder + name;
}

}  // namespace

Session::Session(Connection connection, SessionOptions options)
    : connection_(std::move(connection)),
      options_(std::move(options)),
      clock_(connection_.clock_scale) {}

Result<std::unique_ptr<Session>> Session::open(Connection connection, SessionOptions options) {
  std::unique_ptr<Session> session(new Session(std::move(connection), std::move(options)));
  Session& self = *session;
  const SessionOptions& given = self.options_;
  const net::CurlOptions wire = wire_options(self.connection_, given);

  self.sign_in_wire_ = std::make_unique<net::CurlHttp>(wire);
  self.sign_in_http_ = std::make_unique<net::Client>(
      *self.sign_in_wire_, self.clock_,
      net::ClientOptions{.retry = {.retries = 2,
                                   .throttled_retries = 2,
                                   .first_throttled = net::Seconds(1),
                                   .longest_throttled = net::Seconds(4)},
                         .cancel = given.cancel,
                         .trace = given.trace,
                         .on_wait = given.on_wait});
  self.sign_in_ = std::make_unique<SignIn>(SignIn{.connection = self.connection_,
                                                  .http = *self.sign_in_http_,
                                                  .clock = self.clock_,
                                                  .cancel = given.cancel,
                                                  .environment = given.environment,
                                                  .tell = given.tell,
                                                  .ask_secret = given.ask_secret});
  QUARRY_TRY(CredentialPtr credential, choose_credential(*self.sign_in_));
  if (credential) {
    const std::string folder =
        self.connection_.token_cache ? below(cache_folder(given.environment), "/tokens") : "";
    self.tokens_ = std::make_unique<TokenProvider>(*self.sign_in_, std::move(credential), folder);
  }

  // Limits count for a tenant, whoever asks; without one they count for the way it is asked.
  const std::string& tenant =
      self.connection_.tenant.empty() ? self.connection_.profile : self.connection_.tenant;
  self.limiter_ = std::make_unique<net::RateLimiter>(
      self.clock_, below(state_folder(given.environment), "/rate"), tenant, given.warn);
  self.wire_ = std::make_unique<net::CurlHttp>(wire);
  self.client_ = std::make_unique<net::Client>(
      *self.wire_, self.clock_,
      net::ClientOptions{.retry = {.retries = self.connection_.retries},
                         .trusted_origins = origins_of(self.connection_),
                         .tokens = self.tokens_.get(),
                         .limiter = self.limiter_.get(),
                         .cancel = given.cancel,
                         .trace = given.trace,
                         .on_wait = given.on_wait});
  return session;
}

std::string Session::credential() const {
  return tokens_ ? tokens_->credential().describe() : "no credential";
}

}  // namespace quarry::auth
