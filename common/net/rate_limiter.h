// Keeps all processes of one user below the limits of a service together. What was sent is noted in
// a small locked file for each tenant and API; a request may go when every window of its limit has
// room. Exact: no stretch of a window's length ever holds more than it allows, however the requests
// bunch.
#pragma once

#include "common/base/result.h"
#include "common/net/clock.h"
#include "common/net/rate_limit.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace quarry::net {

/// When requests were sent, and until when the service wants none. Times are Clock::wall().
struct SentLog {
  std::vector<double> sent;  // ascending
  double blocked_until = 0;

  /// Moves one entry to a later time.
  void move(double from, double to);
  /// Forgets what no window looks at any more. Times in the future (the clock was set back) count
  /// as now.
  void prune(const ApiLimit& limit, double now);
  /// How long until one more may be sent; zero: now.
  Seconds wait(const ApiLimit& limit, double now) const;

  std::string to_json() const;
  /// An unreadable text is an empty log.
  static SentLog parse(const std::string& text);
};

struct Permit {
  Seconds wait{0};      // zero: send it. Else: how long to wait before asking again
  double noted_at = 0;  // Clock::wall()
};

class RateLimiter {
 public:
  /// `folder`: where the files lie ("…/quarry/rate"), made when needed; "": this process alone.
  /// `tenant`: who the limits count for. `warn` hears once of a folder that cannot be used; the
  /// limits then hold for this process alone.
  RateLimiter(const Clock& clock, std::string folder, std::string tenant,
              std::function<void(const std::string&)> warn = {});

  /// May one more be sent now? It is noted as sent then.
  Permit acquire(const ApiLimit& limit);
  /// The answer has come: the service counts a request when it arrives, which was some time between
  /// the permit and now. The latest moment is noted instead, up to a tenth of the shortest window:
  /// answers that take long do not hold up the others.
  void settle(const ApiLimit& limit, const Permit& permit);
  /// The service said "not before": holds for all processes.
  void block(const ApiLimit& limit, Seconds wait);

  /// The file of an API: SHA-256 of tenant and API, so that no name can lead elsewhere.
  std::string file_of(const ApiLimit& limit) const;

 private:
  template <class Change>
  Seconds change(const ApiLimit& limit, const Change& change);
  void fall_back(const Error& error);

  const Clock& clock_;
  std::string folder_;
  std::string tenant_;
  std::function<void(const std::string&)> warn_;
  std::map<std::string, SentLog, std::less<>> alone_;  // by API, without a folder
};

}  // namespace quarry::net
