// The server's clock of insertion: added_after, and the dates that answers carry. Never the local
// clock, never dates of objects.
#pragma once

#include "common/time/ticks.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::services::taxii {

/// A date_added as a server wrote it.
struct AddedDate {
  Datetime at{};
  std::int64_t unit = kTicksPerMicrosecond;  // ticks of its last digit: 1 s, 1 ms, 1 us …

  /// One unit earlier: asking after it brings everything of this date again.
  Datetime before() const { return {at.ticks > unit ? at.ticks - unit : 0}; }
};

/// Z, offsets and any number of digits; nullopt for anything else.
std::optional<AddedDate> parse_added_date(std::string_view text);
/// YYYY-MM-DDTHH:MM:SS.ffffffZ: the one spelling that every server takes. Finer parts are cut off.
std::string added_after_text(Datetime at);

}  // namespace quarry::services::taxii
