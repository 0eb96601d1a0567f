// One page in flight: its request, and its body on the way to who takes objects.
#pragma once

#include "common/net/http.h"
#include "common/services/taxii/dates.h"
#include "common/services/taxii/envelope.h"

#include <memory>
#include <optional>
#include <string>

namespace quarry::services::taxii {

/// Takes the objects of a walk, page by page. A page is void until seal(): begin() may come again.
class ObjectSink {
 public:
  virtual ~ObjectSink() = default;
  /// A page begins. What came since the last seal() never was.
  virtual Result<void> begin() = 0;
  virtual Result<void> take(std::string_view json) = 0;
  /// The page is complete. How many of its objects had not been seen before.
  virtual Result<std::size_t> seal() = 0;
  /// What was sealed may be made lasting. `resume`: a later walk may begin after this date
  /// (nullopt: where this one began). Called once a page, possibly while the next one is arriving.
  virtual Result<void> publish(std::optional<Datetime> resume) = 0;
};

/// How a request for a page ended.
struct PageEnd {
  enum class Kind : unsigned char {
    kComplete,
    kRefused,  // a status; nothing was taken
    kBroken,   // no answer, half an answer, no JSON: whether the server counts it as given is open
  };
  Kind kind = Kind::kBroken;
  std::optional<Error> error = {};  // of kBroken
  net::Response head = {};          // of kComplete and kRefused
  std::size_t objects = 0;
  std::size_t fresh = 0;
  bool more = false;
  std::string next = {};
  std::optional<AddedDate> first = {};  // X-TAXII-Date-Added-First
  std::optional<AddedDate> last = {};
};

class PageFetch {
 public:
  /// Starts the request. `sink` and `http` outlive the fetch. Until wait() the sink hears nothing:
  /// what arrives meanwhile is held.
  PageFetch(net::Http& http, net::Request request, ObjectSink& sink, std::string what);
  /// Gives up what is in flight.
  ~PageFetch();
  PageFetch(const PageFetch&) = delete;
  PageFetch& operator=(const PageFetch&) = delete;

  /// Works until the page is there.
  PageEnd wait();

 private:
  class Body;
  PageEnd conclude();

  net::Http& http_;
  ObjectSink& sink_;
  std::string what_;
  std::shared_ptr<Body> body_;
  std::shared_ptr<std::optional<net::Outcome>> outcome_;
};

}  // namespace quarry::services::taxii
