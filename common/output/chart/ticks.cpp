#include "common/output/chart/ticks.h"

#include "common/time/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace quarry::output {
namespace {

constexpr std::int64_t kRoundLengths[]{
    kTicksPerMillisecond, 10 * kTicksPerMillisecond, 100 * kTicksPerMillisecond, kTicksPerSecond,
    5 * kTicksPerSecond,  15 * kTicksPerSecond,      30 * kTicksPerSecond,       kTicksPerMinute,
    5 * kTicksPerMinute,  15 * kTicksPerMinute,      30 * kTicksPerMinute,       kTicksPerHour,
    3 * kTicksPerHour,    6 * kTicksPerHour,         12 * kTicksPerHour,         kTicksPerDay};

/// The least round length of which `wanted` cover the span; beyond days whole numbers of them.
std::int64_t round_length(std::int64_t span, std::size_t wanted) {
  const auto count = static_cast<std::int64_t>(wanted);
  const auto enough = [&](std::int64_t length) { return span / length < count; };
  const auto found = std::find_if(std::begin(kRoundLengths), std::end(kRoundLengths), enough);
  return found != std::end(kRoundLengths) ? *found
                                          : (span / count / kTicksPerDay + 1) * kTicksPerDay;
}

std::string clock_text(Datetime at, std::int64_t length) {
  std::string text;
  std::string_view form = "HH:mm";
  if (length >= kTicksPerDay) {
    form = "MM-dd";
  } else if (length < kTicksPerSecond) {
    form = "HH:mm:ss.fff";
  } else if (length < kTicksPerMinute) {
    form = "HH:mm:ss";
  }
  format_datetime(at, form, text);
  return text;
}

}  // namespace

std::vector<Tick> number_ticks(double largest, std::size_t wanted) {
  if (!(largest > 0) || !std::isfinite(largest)) return {{0, "0"}, {1, "1"}};
  const double rough = largest / static_cast<double>(std::max<std::size_t>(wanted, 1));
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0}) {
    // Just below counts as equal: powers of ten are not exact.
    if (factor * power >= rough * (1 - 1e-9)) {
      step = factor * power;
      break;
    }
  }
  std::vector<Tick> ticks;
  for (std::size_t i = 0;; ++i) {
    const double at = step * static_cast<double>(i);
    ticks.push_back({at, fmt::format("{:.10g}", at)});
    if (at >= largest * (1 - 1e-9)) return ticks;
  }
}

std::vector<Tick> time_ticks(Datetime start, Timespan span, std::size_t wanted) {
  std::vector<Tick> ticks;
  if (span.ticks <= 0 || wanted == 0) return ticks;
  const std::int64_t length = round_length(span.ticks, wanted);
  const std::int64_t behind = start.ticks % length;
  for (std::int64_t at = behind == 0 ? 0 : length - behind; at <= span.ticks; at += length) {
    const Datetime instant{start.ticks + at};
    if (instant.ticks > Datetime::kMaxTicks) break;
    ticks.push_back({static_cast<double>(at), clock_text(instant, length)});
  }
  return ticks;
}

}  // namespace quarry::output
