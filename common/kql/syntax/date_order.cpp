#include "common/kql/syntax/date_order.h"

#include "common/base/text.h"
#include "common/time/calendar.h"
#include "common/time/format.h"

#include <array>
#include <charconv>
#include <optional>

namespace quarry::kql::syntax {
namespace {

/// The numbers of 13/06/2026, 13.6.2026 or 13-06-2026, as written; nullopt for other texts. A time
/// may follow.
std::optional<std::array<int, 3>> parts_of(std::string_view date) {
  std::array<int, 3> parts{};
  const char* at = date.data();
  const char* const end = at + date.size();
  char separator = '\0';
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      if (at == end || (*at != '/' && *at != '.' && *at != '-')) return std::nullopt;
      if (i == 2 && *at != separator) return std::nullopt;
      separator = *at++;
    }
    const char* const begin = at;
    const auto [stop, failure] = std::from_chars(at, end, parts[i]);
    const auto digits = stop - begin;
    if (failure != std::errc() || (i < 2 ? digits > 2 : digits != 4)) return std::nullopt;
    at = stop;
  }
  if (at != end && text::is_ascii_alnum(*at)) return std::nullopt;
  return parts;
}

}  // namespace

bool has_interchangeable_day(std::string_view date) {
  const auto parts = parts_of(date);
  return parts && (*parts)[0] != (*parts)[1] && (*parts)[0] <= 12 && (*parts)[1] <= 12;
}

std::string date_with_day_first(std::string_view date) {
  const auto parts = parts_of(date);
  if (!parts) return {};
  const auto instant = from_civil({.year = (*parts)[2], .month = (*parts)[1], .day = (*parts)[0]});
  return instant ? iso_date(*instant) : std::string();
}

std::string iso_date(Datetime instant) { return to_string(instant).substr(0, 10); }

}  // namespace quarry::kql::syntax
