#include "common/table/arrival.h"

#include "common/base/text.h"
#include "common/time/calendar.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace quarry::table {
namespace {

constexpr std::int64_t kClockSkew = 5 * kTicksPerMinute;

/// "m=11" with the key 'm' -> 11.
std::optional<int> part(std::string_view folder, char key) {
  if (folder.size() < 3 || folder[0] != key || folder[1] != '=') return std::nullopt;
  const auto number = text::parse_int64(folder.substr(2));
  if (!number || *number < 0 || *number > 9999) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace

// The minute's folder has the month's key: only the position tells them apart.
std::optional<Arrival> arrival_of(std::string_view path) {
  const std::vector<std::string_view> folders = text::split(path, '/');
  for (std::size_t i = 0; i + 2 < folders.size(); ++i) {
    const auto year = part(folders[i], 'y');
    const auto month = part(folders[i + 1], 'm');
    const auto day = part(folders[i + 2], 'd');
    if (!year || !month || !day) continue;
    const auto hour = i + 3 < folders.size() ? part(folders[i + 3], 'h') : std::nullopt;
    const auto begin =
        from_civil({.year = *year, .month = *month, .day = *day, .hour = hour.value_or(0)});
    if (!begin) return std::nullopt;
    const std::int64_t length = hour ? kTicksPerHour : kTicksPerDay;
    return Arrival{*begin, {begin->ticks + length}};
  }
  return std::nullopt;
}

bool rules_out(const Arrival& arrival, const TimeRange& wanted,
               std::optional<Timespan> promptness) {
  if (wanted.from && arrival.end.ticks <= wanted.from->ticks - kClockSkew) return true;
  return wanted.to && promptness && arrival.begin.ticks > wanted.to->ticks + promptness->ticks;
}

}  // namespace quarry::table
