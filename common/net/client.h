// What stands between a service and the wire: tokens, limits, retries, the trace. Itself an Http,
// so that services do not see it.
#pragma once

#include "common/base/random.h"
#include "common/net/http.h"
#include "common/net/rate_limiter.h"
#include "common/net/retry_policy.h"
#include "common/net/token_source.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace quarry::net {

enum class WaitReason : std::uint8_t { kLimit, kThrottled, kFailure };

/// A request is held back: for progress lines and notes.
struct Waiting {
  WaitReason reason;
  Seconds wait;
  std::string what;  // "GET https://…" without secrets, and what went wrong
};

struct ClientOptions {
  RetryPolicy retry = {};
  /// Origins (Url::origin) that may receive tokens: those configured, never one that an answer
  /// names.
  std::vector<std::string> trusted_origins = {};
  TokenSource* tokens = nullptr;        // nullptr: a scope is for loopback only (--auth none)
  RateLimiter* limiter = nullptr;       // nullptr: no limits
  const CancelToken* cancel = nullptr;  // ends all waits
  /// A line for every attempt: method, address, status, time, request id. No headers, no bodies.
  std::function<void(const std::string&)> trace = {};
  std::function<void(const Waiting&)> on_wait = {};
  std::function<double()> random = random_fraction;
};

/// Pointers in the options, transport and clock outlive the client.
class Client : public Http {
 public:
  Client(Http& transport, const Clock& clock, ClientOptions options);
  /// Requests that still wait are dropped without a word; finish() first.
  ~Client() override = default;

  void start(Request request, Completion done) override;
  void step(Seconds at_most) override;
  std::size_t in_flight() const override { return jobs_.size(); }

 private:
  struct Job {
    Request request;
    Completion done;
    std::string id;  // our own name for the request, sent as client-request-id
    Tries tries;
    int attempts = 0;
    double due = 0;  // Clock::steady(), while waiting
    bool sent = false;
    bool renewed = false;
    Secret token;
    Permit permit = {};
    Delivery delivery = Delivery::kNotSent;  // the least certain so far
  };
  /// By number, in the order they were started. Completions may do anything with the client, so
  /// nobody holds on to a job while one is called.
  using Jobs = std::map<std::uint64_t, Job>;

  void launch_due();
  bool held_back(Job& job, double now);
  void launch(std::uint64_t number, Job& job);
  Result<void> attach_token(Job& job, Request& request);
  void on_outcome(std::uint64_t number, Outcome outcome);
  bool try_again_with_new_token(Job& job, const Outcome& outcome);
  bool try_again_later(Job& job, const Outcome& outcome);
  void end(std::uint64_t number, Outcome outcome);
  std::vector<std::uint64_t> waiting_numbers(double due_by) const;
  void end_cancelled();
  Seconds until_next_due() const;
  void sleep(Seconds real) const;
  void trace(const Job& job, const Outcome& outcome) const;
  void tell_wait(const Job& job, WaitReason reason, Seconds wait, std::string problem) const;
  bool cancelled() const { return options_.cancel != nullptr && options_.cancel->cancelled(); }

  Http& transport_;
  const Clock& clock_;
  ClientOptions options_;
  Jobs jobs_;
  std::uint64_t next_number_ = 1;
  std::vector<std::string_view> full_;  // APIs found at their limit in this pass
};

}  // namespace quarry::net
