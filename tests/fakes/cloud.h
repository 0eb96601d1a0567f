// A cloud on loopback: two hosts, rules that every request is held to, a clock that may run fast.
// Services (identity.h, and those of the tools) add their routes and their state; what they have in
// common is here.
#pragma once

#include "common/net/clock.h"
#include "common/net/rate_limit.h"
#include "tests/fakes/faults.h"
#include "tests/fakes/message.h"
#include "tests/fakes/server.h"
#include "tests/fakes/tokens.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fakes {

/// What stood at the {names} of a route's pattern, decoded.
using Captures = std::map<std::string, std::string, std::less<>>;
using RouteHandler = std::function<Reply(const Request&, const Captures&)>;

enum class Credentials : std::uint8_t {
  kToken,      // a good token for the audience, with one of the permissions
  kNone,       // none needed, and a bearer token is a violation: it would have leaked
  kByHandler,  // the handler looks itself
};

struct Rule {
  Credentials credentials = Credentials::kNone;
  std::string audience = {};
  std::vector<std::string> permissions = {};  // one of them is enough
  const net::ApiLimit* limit = nullptr;       // 429 with Retry-After beyond it
};

enum class Host : std::uint8_t { kServices, kStorage };

class Cloud {
 public:
  /// `scale`: how fast the clock runs, as QUARRY_TEST_CLOCK_SCALE tells it to the tools.
  explicit Cloud(double scale = 1, const Certificate* certificate = nullptr);
  ~Cloud();

  /// `pattern`: "/api/machines/{id}/isolate"; a {name} stands for anything but a slash. Add all
  /// routes before the first request comes.
  void add(std::string method, std::string pattern, Rule rule, RouteHandler handler,
           Host host = Host::kServices);

  /// The address of all services, and of storage, another origin.
  std::string url() const { return services_->url(); }
  std::string storage_url() const { return storage_->url(); }
  const net::Clock& clock() const { return clock_; }
  double scale() const { return scale_; }
  Tokens& tokens() { return tokens_; }
  Faults& faults() { return faults_; }

  /// Something happened that no client should do. The test must fail.
  void violation(std::string text);
  std::vector<std::string> violations() const;
  /// Every request that came, also those that met a fault.
  std::vector<Request> seen() const;
  /// How many of them fit; `path` with * for anything.
  std::size_t count(std::string_view method, std::string_view path) const;

 private:
  struct Route {
    std::string method;
    std::string pattern;
    Rule rule;
    RouteHandler handler;
    Host host;
  };
  Reply answer(const Request& request, Host host);
  Reply obey(const Route& route, const Request& request, const Captures& captures);
  std::optional<Reply> refuse(const Route& route, const Request& request);
  std::optional<Reply> throttle(const net::ApiLimit& limit);

  double scale_;
  net::SystemClock clock_;
  Tokens tokens_;
  Faults faults_;
  std::vector<Route> routes_;
  mutable std::mutex mutex_;
  std::vector<std::string> violations_;
  std::vector<Request> seen_;
  std::map<std::string, std::vector<double>, std::less<>> taken_;  // by API: when
  std::unique_ptr<Server> services_;                               // last: they call what is above
  std::unique_ptr<Server> storage_;
};

/// Whether the path fits the pattern, and what stood where.
bool fits_pattern(std::string_view pattern, std::string_view path, Captures& captures);

/// A page of a list. `rows` are JSON texts.
struct PageRules {
  std::string member = "value";
  std::size_t largest = 10'000;  // what $top may ask for, and the size without it
  bool next_link = true;         // else $skip only
  std::string context = {};      // of OData: what the list is of; may be empty
};
/// Obeys $top, $skip and our own $skiptoken.
Reply page_reply(const Request& request, const std::string& base_url,
                 const std::vector<std::string>& rows, const PageRules& rules = {});

}  // namespace quarry::fakes
