#include "common/net/clock.h"

#include "common/base/text.h"

namespace quarry::net {
namespace {

/// Where real and scaled time meet: 2026-01-01. Fixed, so that processes agree without talking.
constexpr double kMeeting = 1'767'225'600;

}  // namespace

double SystemClock::wall() const {
  const Seconds now = std::chrono::system_clock::now().time_since_epoch();
  return scale_ == 1 ? now.count() : kMeeting + (now.count() - kMeeting) * scale_;
}

double SystemClock::steady() const {
  return Seconds(std::chrono::steady_clock::now().time_since_epoch()).count() * scale_;
}

std::optional<double> parse_clock_scale(std::string_view text) {
  const auto scale = text::parse_double(text);
  return scale && *scale >= 1 && *scale <= 100'000 ? scale : std::nullopt;
}

}  // namespace quarry::net
