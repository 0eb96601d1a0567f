// A timeline: a column of times or numbers, points on it, and the bins that cut it into periods.
#pragma once

#include "common/kql/operators/plugins/plugin.h"
#include "common/time/calendar.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace quarry::kql::operators {

/// A place on a timeline: ticks or a number. Holds every 64-bit integer exactly, and sums of two do
/// not overflow.
using Position = long double;

/// nullopt for null, NaN and what is no place.
std::optional<Position> position_of(const Scalar& value);
/// The positions as cells of the timeline's type; what does not fit is null.
Column column_of(Type timeline, const std::vector<Position>& positions);
/// What lengths on a timeline are: a timespan where it holds times, else a number.
Type length_type(Type timeline);

/// Periods of equal length, counted from an origin, or weeks, months or years of the calendar.
class Bins {
 public:
  static Bins of_length(Position origin, Position length) { return {origin, length, std::nullopt}; }
  static Bins of_calendar(CalendarUnit unit) { return {0, 1, unit}; }

  std::int64_t bin(Position position) const;
  Position start(std::int64_t bin) const;

 private:
  Bins(Position origin, Position length, std::optional<CalendarUnit> unit)
      : origin_(origin), length_(length), unit_(unit) {}
  Position origin_;
  Position length_;
  std::optional<CalendarUnit> unit_;
};

/// Reads a plugin's constants. While checking, one that only a run can tell has a stand-in.
class TimelineArguments {
 public:
  TimelineArguments(const PluginCall& call, Type timeline) : call_(call), timeline_(timeline) {}

  Position point(std::string_view param) { return read(param, timeline_, false); }
  /// Greater than 0.
  Position length(std::string_view param) { return read(param, length_type(timeline_), true); }
  /// A whole number of at least 1.
  std::int64_t count(std::string_view param);
  /// A length, counted from the origin, or "week", "month", "year".
  Bins bins(std::string_view param, Position origin);
  /// False after an error was reported.
  bool sound() const { return sound_; }

 private:
  Position read(std::string_view param, Type type, bool positive);
  void wrong(std::string_view param, std::string_view wanted);

  const PluginCall& call_;
  Type timeline_;
  bool sound_ = true;
};

}  // namespace quarry::kql::operators
