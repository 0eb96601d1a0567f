// A connection to one server, put together: wire, clock, retries, and TAXII on top.
#pragma once

#include "common/cli/invocation.h"
#include "common/net/client.h"
#include "common/net/curl_http.h"
#include "common/services/taxii/server.h"
#include "tools/taxii-pull/servers/server_options.h"

#include <memory>

namespace quarry::taxii_pull {

class Session {
 public:
  /// Asks nothing of the network yet. `context` outlives the session.
  Session(const ServerSettings& settings, const config::RunContext& context);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  services::taxii::Server& server() { return *server_; }
  const net::Clock& clock() const { return clock_; }

 private:
  net::SystemClock clock_;
  net::CurlHttp wire_;
  net::CurlHttp sign_in_wire_;  // tokens are asked for while the other one works
  net::Client sign_in_client_;
  services::taxii::ClientCredentials tokens_;
  net::Client client_;
  std::unique_ptr<services::taxii::Server> server_;
};

}  // namespace quarry::taxii_pull
