#include "tools/etl-report/scans/time_filter.h"

#include "common/base/text.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace quarry::etl_report {
namespace {

using Bound = std::optional<etl::FileTime>;

Result<void> in_order(const Bound& least, std::string_view least_name, const Bound& most,
                      std::string_view most_name) {
  if (!least || !most || *least <= *most) return ok();
  std::string from;
  std::string to;
  etl::append_filetime(from, *least);
  etl::append_filetime(to, *most);
  return fail(ErrorCode::kUsage,
              fmt::format("{} ({}) is later than {} ({})", least_name, from, most_name, to));
}

}  // namespace

bool TimeFilter::accepts(const Scan& scan) const {
  return (!min_start || scan.start >= *min_start) && (!max_start || scan.start <= *max_start) &&
         (!min_end || scan.end >= *min_end) && (!max_end || scan.end <= *max_end);
}

Result<void> TimeFilter::check() const {
  QUARRY_CHECK(in_order(min_start, "--min-start-time", max_end, "--max-end-time"));
  QUARRY_CHECK(in_order(min_start, "--min-start-time", max_start, "--max-start-time"));
  return in_order(min_end, "--min-end-time", max_end, "--max-end-time");
}

std::optional<etl::FileTime> parse_filetime(std::string_view text) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), text::is_ascii_digit);
  // A year alone is a date, not a tick of the year 1601.
  if (digits && text.size() > 4) {
    const auto ticks = text::parse_int64(text);
    return ticks ? std::optional(etl::FileTime{*ticks}) : std::nullopt;
  }
  const auto instant = parse_datetime(text);
  return instant ? std::optional(etl::from_datetime(*instant)) : std::nullopt;
}

etl::FileTime cover_second(etl::FileTime time) {
  constexpr std::int64_t kRest = kTicksPerSecond - 1;
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max() - kRest;
  const bool whole = time.ticks > 0 && time.ticks % kTicksPerSecond == 0;
  return whole && time.ticks <= kLast ? etl::FileTime{time.ticks + kRest} : time;
}

}  // namespace quarry::etl_report
