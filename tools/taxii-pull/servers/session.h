// A connection to one server, put together: wire, clock, retries, and TAXII on top.
#pragma once

#include "common/cli/invocation.h"
#include "common/net/client.h"
#include "common/net/curl_http.h"
#include "common/services/taxii/server.h"
#include "tools/taxii-pull/servers/server_options.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

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

/// A collection at its place.
struct Place {
  std::string api_root;
  services::taxii::Collection collection;
};

/// The collections that the settings mean: those named, else all. Names that fit none, collections
/// that the account may not read and servers that show it none are errors of their own; the others
/// are found all the same.
struct Places {
  std::vector<Place> found;
  std::vector<Error> errors;
};
Result<Places> find_places(Session& session, const ServerSettings& settings);

}  // namespace quarry::taxii_pull
