// HTTP as the rooms above see it: requests, answers, and one interface that sends them. The real
// one is curl_http.h, with retries, limits and tokens in front of it client.h; tests put their own
// in its place.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/base/secret.h"
#include "common/net/clock.h"
#include "common/net/rate_limit.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::net {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete };
const char* name_of(Method method);

struct Header {
  std::string name;
  std::string value;
};

/// A header that proves who we are. Never traced, never sent to another origin by a redirect.
struct SecretHeader {
  std::string name;
  Secret value;
};

/// What may be done when it is not known whether a request arrived.
enum class Repeat : std::uint8_t {
  kByMethod,  // GET, HEAD, PUT and DELETE may be sent again, POST and PATCH may not
  kAllowed,   // sending twice does no harm (a cancellation, a token, a query by POST)
  kLookUp,    // the caller looks up what became of it and decides
};

/// Part of a multipart/form-data body.
struct FormPart {
  std::string name;
  std::string content;
  std::string file_name = {};  // empty: a plain field
  std::string content_type = {};
};

struct Response {
  int status = 0;  // 200 … 599
  std::vector<Header> headers;
  std::string body;        // empty where a BodySink took it
  std::string url;         // that answered: behind redirects, the last one
  std::uint64_t size = 0;  // bytes of the body, wherever they went
  int attempts = 1;
  double seconds = 0;  // of the last attempt

  bool is_success() const { return status >= 200 && status < 300; }
  /// The first header of that name in any case; nullopt without.
  std::optional<std::string_view> header(std::string_view name) const;
  /// What the service calls this request; "" where it does not say.
  std::string request_id() const;
};

/// Takes the body of a success while it arrives, instead of Response::body.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// The head of an answer has come. Happens again when the request is sent again: what was taken
  /// before is void, unless Request::before_repeat asked for the rest.
  virtual Result<void> begin(const Response& head) = 0;
  virtual Result<void> take(std::string_view bytes) = 0;
};

struct Request {
  Method method = Method::kGet;
  std::string url = {};
  std::vector<Header> headers = {};
  std::vector<SecretHeader> secret_headers = {};
  std::string body = {};
  std::string content_type = {};
  /// A body that must not be seen, instead of `body`: forms with secrets.
  Secret secret_body = {};
  std::vector<FormPart> form = {};  // multipart, instead of the bodies

  /// The scope whose token goes along as Authorization: Bearer; empty: none.
  std::string scope = {};
  Repeat repeat = Repeat::kByMethod;
  /// False: 429 comes back to the caller, who decides what goes next. The limit is blocked for as
  /// long as the service asked all the same.
  bool wait_when_throttled = true;
  /// Which limit of the service it counts against; nullptr: none. A constant.
  const ApiLimit* limit = nullptr;

  std::size_t max_body = std::size_t{64} << 20;  // bytes of Response::body; more is an error
  Seconds connect_timeout{10};
  /// No byte for so long: broken. Raise it for services that think for minutes before they answer.
  Seconds stall_timeout{60};
  std::optional<Seconds> total_timeout = {};  // of one attempt
  int max_redirects = 5;                      // followed for GET and HEAD only
  bool use_proxy = true;
  bool allow_link_local = false;  // plain http to 169.254.169.254, the metadata service
  bool accept_encoding = true;    // ask for a compressed body; off where ranges of bytes count

  std::shared_ptr<BodySink> sink = {};
  /// Called before the request is sent once more: to ask for the rest with a Range.
  std::function<void(Request&)> before_repeat = {};
};

/// What is known about a request without an answer.
enum class Delivery : std::uint8_t {
  kAnswered,
  kNotSent,  // refused, unknown host, TLS failure: the service never saw it
  kUnknown,  // cut off: it may have arrived, be it done or not
};

struct Outcome {
  Result<Response> result;
  Delivery delivery = Delivery::kAnswered;
};

/// Called once a request, on the thread that calls step().
using Completion = std::function<void(Outcome)>;

/// Many requests on one thread. Not thread-safe; completions may start further requests.
class Http {
 public:
  virtual ~Http() = default;
  /// Starts a request. Never blocks, and never calls `done` before it returns.
  virtual void start(Request request, Completion done) = 0;
  /// Works on what was started, waiting at most so long (real time) for something to happen.
  virtual void step(Seconds at_most) = 0;
  /// Requests without an outcome, those that wait included.
  virtual std::size_t in_flight() const = 0;

  /// Works until nothing is in flight.
  void finish();
  /// One request and its answer; what else is in flight goes on meanwhile.
  Result<Response> call(Request request);
  /// The same, with what is known about the delivery.
  Outcome exchange(Request request);
};

}  // namespace quarry::net
