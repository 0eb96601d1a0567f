// Text -> datetime and timespan, as Kusto's todatetime(), totimespan() and its literals read them.
#pragma once

#include "common/time/ticks.h"

#include <optional>
#include <string_view>

namespace quarry {

/// The fixed layout yyyy-mm-ddThh:mm:ss[.f{1,7}][Z] that exports use; nullopt for anything else
/// (then try parse_datetime). The fast path of scanning: no locale, no allocation.
std::optional<Datetime> parse_iso_datetime(std::string_view text);

/// Every form that Kusto documents ("Kusto: scalar-data-types/datetime": ISO 8601, RFC 822, RFC
/// 850, sortable, with offsets, date only, and the US forms that todatetime accepts). No zone means
/// UTC. nullopt where it is none of them or out of range.
std::optional<Datetime> parse_datetime(std::string_view text);

/// "1d", "1.5h", "30m", "10s", "100ms", "5microseconds", "1tick" and long spellings (literals),
/// "[-][d.]hh:mm[:ss[.fffffff]]", "d" (whole days, as totimespan("3") reads). nullopt otherwise.
std::optional<Timespan> parse_timespan(std::string_view text);

/// Sums the text's digits exactly: 0.1s is 1,000,000 ticks; what is finer than a tick is cut off.
/// The suffix literal only: number and unit ("2d", "1.5min"); used by the lexer. nullopt where the
/// unit is unknown or the value does not fit. Blanks may stand between number and unit ("15
/// seconds").
std::optional<Timespan> parse_timespan_literal(std::string_view text);
/// Ticks of a unit's name (d day days h hr hrs hour hours m min … ms microsecond tick …); nullopt
/// where unknown and for nanoseconds, which are finer than a tick (parse_timespan_literal knows
/// them).
std::optional<std::int64_t> timespan_unit_ticks(std::string_view unit);

}  // namespace quarry
