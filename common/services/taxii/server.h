// One TAXII server: asks for its resources with the login, in the version that it speaks.
#pragma once

#include "common/base/result.h"
#include "common/json/document.h"
#include "common/net/http.h"
#include "common/services/taxii/collections.h"
#include "common/services/taxii/login.h"
#include "common/services/taxii/media.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace quarry::services::taxii {

struct ServerOptions {
  Login login;
  std::string scope = {};          // of tokens that go along (net::Client); empty: none
  std::optional<Version> version;  // nullopt: found out
  /// Hears of what the server does unlike the standard, once each. May be empty.
  std::function<void(const std::string&)> warn = {};
};

class Server {
 public:
  /// `http` outlives the server and repeats what may be repeated (net::Client).
  Server(net::Http& http, ServerOptions options);

  /// What stands at the address. Addresses are asked with a slash at the end; an address without a
  /// path is looked below for /taxii2/ and /taxii/. kRemote where it is no TAXII.
  struct Found {
    std::optional<Discovery> discovery;
    std::vector<ApiRoot> roots;  // of a discovery: all that answered
    std::vector<Error> silent;   // of those that did not
  };
  Result<Found> look_at(const std::string& url);
  Result<ApiRoot> api_root(const std::string& url);
  Result<std::vector<Collection>> collections(const std::string& root);
  Result<Collection> collection(const std::string& root, const std::string& id);

  /// A request for this address as the server wants it; `origin` decides whether the login goes
  /// along.
  net::Request request(std::string url, Content content) const;
  /// After 406 or 415: true where another form of Accept is left to be tried.
  bool try_next_form();
  Version version() const { return version_; }
  net::Http& http() { return http_; }
  void warn(const std::string& text);

 private:
  Result<json::Document> get(const std::string& url, std::string_view what);
  Result<net::Response> ask(const std::string& url, std::string_view what);
  Result<Found> roots_of(Discovery discovery, const std::string& base);
  std::string on_this_host(const std::string& base, const std::string& root);

  net::Http& http_;
  ServerOptions options_;
  std::string origin_;  // where the login belongs; of the first address asked
  Version version_ = Version::k21;
  std::size_t form_ = 0;
  std::vector<std::string> warned_;
};

/// The address with a slash at the end of its path. kUsage where it is none.
Result<std::string> with_slash(const std::string& url);

}  // namespace quarry::services::taxii
