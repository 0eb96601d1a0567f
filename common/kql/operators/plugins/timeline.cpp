#include "common/kql/operators/plugins/timeline.h"

#include "common/value/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace quarry::kql::operators {
namespace {

constexpr Position kFarthestBin =
    4.6e18L;  // stays clear of 64-bit overflow when bins are counted on from there

template <Type T>
Column cells_of(const std::vector<Position>& positions) {
  ColumnBuilder<T> column(positions.size());
  for (const Position position : positions) {
    if constexpr (T == Type::kReal) {
      column.append(static_cast<double>(position));
    } else {
      constexpr Position least =
          T == Type::kDatetime ? 0
                               : static_cast<Position>(std::numeric_limits<std::int64_t>::min());
      constexpr Position greatest =
          T == Type::kDatetime ? static_cast<Position>(Datetime::kMaxTicks)
                               : static_cast<Position>(std::numeric_limits<std::int64_t>::max());
      if (!(position >= least && position <= greatest)) {
        column.append_null();
        continue;
      }
      const auto whole = static_cast<std::int64_t>(position);
      if constexpr (T == Type::kLong)
        column.append(whole);
      else
        column.append(Cell<T>{whole});
    }
  }
  return column.finish();
}

Column ints_of(const std::vector<Position>& positions) {
  ColumnBuilder<Type::kInt> column(positions.size());
  for (const Position position : positions) {
    if (std::abs(position) <= 2147483647.0L)
      column.append(static_cast<std::int32_t>(position));
    else
      column.append_null();
  }
  return column.finish();
}

}  // namespace

std::optional<Position> position_of(const Scalar& value) {
  if (value.is_null()) return std::nullopt;
  switch (value.type()) {
    case Type::kInt:
      return value.get<std::int32_t>();
    case Type::kLong:
      return value.get<std::int64_t>();
    case Type::kDatetime:
      return value.get<Datetime>().ticks;
    case Type::kTimespan:
      return value.get<Timespan>().ticks;
    case Type::kReal:
      return std::isfinite(value.get<double>()) ? std::optional<Position>(value.get<double>())
                                                : std::nullopt;
    default:
      return std::nullopt;
  }
}

Column column_of(Type timeline, const std::vector<Position>& positions) {
  switch (timeline) {
    case Type::kInt:
      return ints_of(positions);
    case Type::kReal:
      return cells_of<Type::kReal>(positions);
    case Type::kDatetime:
      return cells_of<Type::kDatetime>(positions);
    case Type::kTimespan:
      return cells_of<Type::kTimespan>(positions);
    default:
      return cells_of<Type::kLong>(positions);
  }
}

Type length_type(Type timeline) {
  if (timeline == Type::kDatetime || timeline == Type::kTimespan) return Type::kTimespan;
  return timeline == Type::kReal ? Type::kReal : Type::kLong;
}

std::int64_t Bins::bin(Position position) const {
  if (unit_) {
    const CivilTime civil = to_civil(Datetime{
        static_cast<std::int64_t>(std::clamp<Position>(position, 0, Datetime::kMaxTicks))});
    return *unit_ == CalendarUnit::kYear ? civil.year : civil.year * 12 + civil.month - 1;
  }
  return static_cast<std::int64_t>(
      std::clamp(std::floor((position - origin_) / length_), -kFarthestBin, kFarthestBin));
}

Position Bins::start(std::int64_t bin) const {
  if (!unit_) return origin_ + static_cast<Position>(bin) * length_;
  const bool years = *unit_ == CalendarUnit::kYear;
  const std::int64_t year = years ? bin : bin / 12;
  const auto start = year < 1 || year > 9999
                         ? std::nullopt
                         : from_civil({.year = static_cast<int>(year),
                                       .month = years ? 1 : static_cast<int>(bin % 12) + 1});
  return start ? static_cast<Position>(start->ticks)
               : static_cast<Position>(Datetime::kMaxTicks) + 1;
}

void TimelineArguments::wrong(std::string_view param, std::string_view wanted) {
  call_.binder().error(call_.argument(param)->span, fmt::format("{} must be {}", param, wanted));
  sound_ = false;
}

Position TimelineArguments::read(std::string_view param, Type type, bool positive) {
  const auto value = call_.constant(param, type == Type::kInt ? Type::kLong : type);
  if (!value) {
    sound_ = sound_ && call_.binder().checking();
    return 1;
  }
  const auto position = position_of(*value);
  if (position && (!positive || *position > 0)) return *position;
  wrong(param, positive ? "greater than 0" : "a value, not null");
  return 1;
}

std::int64_t TimelineArguments::count(std::string_view param) {
  return static_cast<std::int64_t>(read(param, Type::kLong, true));
}

Bins TimelineArguments::bins(std::string_view param, Position origin) {
  const syntax::Expression* const written = call_.argument(param);
  const bool text = timeline_ == Type::kDatetime &&
                    call_.binder().bind(*written, RowScope::none())->type == Type::kString;
  if (!text) return Bins::of_length(origin, length(param));
  const auto unit = call_.constant(param, Type::kString);
  const std::string name = unit ? unit->get<std::string>() : "week";
  if (name == "month") return Bins::of_calendar(CalendarUnit::kMonth);
  if (name == "year") return Bins::of_calendar(CalendarUnit::kYear);
  if (name != "week") wrong(param, "a timespan, or one of 'week', 'month', 'year'");
  constexpr Position kFirstSunday =
      6.0L * static_cast<Position>(kTicksPerDay);  // 0001-01-07: weeks begin on Sunday
  return Bins::of_length(kFirstSunday, 7.0L * static_cast<Position>(kTicksPerDay));
}

}  // namespace quarry::kql::operators
