// An Http that answers from a script, and a clock that moves only when told: for tests of what
// stands in front of the wire.
#pragma once

#include "common/net/http.h"

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace quarry::unit {

/// Time stands still; waits that are asked for pass at once and are remembered.
class ManualClock : public net::Clock {
 public:
  double wall() const override { return now_; }
  double steady() const override { return now_; }
  net::Seconds real(net::Seconds wait) const override {
    // The client waits for what it is told here: let it have passed.
    now_ += wait.count() < 3600 ? wait.count() : 0;
    return net::Seconds(0);
  }
  void advance(double seconds) { now_ += seconds; }

 private:
  mutable double now_ = 1'800'000'000;
};

class ScriptedHttp : public net::Http {
 public:
  void answer(int status, std::vector<net::Header> headers = {}, std::string body = {}) {
    net::Response response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    script_.push_back({std::move(response), net::Delivery::kAnswered});
  }
  void fail_with(net::Delivery delivery) {
    script_.push_back({quarry::fail(ErrorCode::kRemote, "connection reset"), delivery});
  }

  void start(net::Request request, net::Completion done) override {
    seen.push_back(std::move(request));
    waiting_.push_back(std::move(done));
  }
  void step(net::Seconds) override {
    if (waiting_.empty()) return;
    net::Completion done = std::move(waiting_.front());
    waiting_.pop_front();
    net::Outcome outcome{quarry::fail(ErrorCode::kRemote, "the script is over"),
                         net::Delivery::kNotSent};
    if (!script_.empty()) {
      outcome = std::move(script_.front());
      script_.pop_front();
    }
    done(std::move(outcome));
  }
  std::size_t in_flight() const override { return waiting_.size(); }

  std::vector<net::Request> seen;

 private:
  std::deque<net::Outcome> script_;
  std::deque<net::Completion> waiting_;
};

}  // namespace quarry::unit
