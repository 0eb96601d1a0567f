// The ways to write --min-duration.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::etl_report {

/// Ticks of "1.5sec" (at most 7 decimals), "10ms" (4), "500us" (1), of a .NET TimeSpan ("d",
/// "[d.]h:m[:s[.f]]": a bare number is days, as it is for the cmdlet) or of a KQL literal ("90s",
/// "5m"). nullopt otherwise, and for what is negative.
std::optional<std::int64_t> parse_min_duration(std::string_view text);

/// A number and nothing else: days, which few people mean.
bool is_bare_number(std::string_view text);

}  // namespace quarry::etl_report
