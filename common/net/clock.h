// Time as the network sees it: how long to wait, when a token ends. A scale makes hours pass in
// seconds for tests against a loopback server.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace quarry::net {

using Seconds = std::chrono::duration<double>;

class Clock {
 public:
  virtual ~Clock() = default;
  /// Seconds since 1970-01-01 UTC.
  virtual double wall() const = 0;
  /// Seconds that never go back, from any start.
  virtual double steady() const = 0;
  /// What a wait of this length takes of real time.
  virtual Seconds real(Seconds wait) const = 0;
};

/// The system's time, `scale` times as fast. All processes with one scale agree about the hour.
class SystemClock : public Clock {
 public:
  explicit SystemClock(double scale = 1) : scale_(scale) {}
  double wall() const override;
  double steady() const override;
  Seconds real(Seconds wait) const override { return wait / scale_; }

 private:
  double scale_;
};

/// The value of QUARRY_TEST_CLOCK_SCALE: 1 … 100,000; nullopt for anything else.
std::optional<double> parse_clock_scale(std::string_view text);

}  // namespace quarry::net
