#include "common/services/taxii/dates.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "common/time/parse.h"

#include <algorithm>
#include <string>

namespace quarry::services::taxii {

std::optional<AddedDate> parse_added_date(std::string_view text) {
  constexpr std::size_t kMostDigits = 7;  // of a tick
  text = text::trim_ascii(text);
  const std::size_t dot = text.find('.');
  std::size_t digits = 0;
  std::string fitting(text);
  if (dot != std::string_view::npos) {
    while (dot + 1 + digits < text.size() && text::is_ascii_digit(text[dot + 1 + digits])) ++digits;
    if (digits > kMostDigits) fitting.erase(dot + 1 + kMostDigits, digits - kMostDigits);
  }
  const auto at = parse_datetime(fitting);
  if (!at) return std::nullopt;
  // What is sent has six digits, so nothing finer than a microsecond can be stepped back by.
  std::int64_t unit = kTicksPerSecond;
  for (std::size_t i = 0; i < std::min<std::size_t>(digits, 6); ++i) unit /= 10;
  return AddedDate{*at, unit};
}

std::string added_after_text(Datetime at) {
  std::string text = to_string(at);  // …:SS.fffffffZ
  text.erase(text.size() - 2, 1);
  return text;
}

}  // namespace quarry::services::taxii
