#include "tools/taxii-pull/stix/timestamp.h"

#include "common/base/text.h"
#include "common/time/parse.h"

#include <string>

namespace quarry::taxii_pull::stix {

std::optional<Datetime> parse_timestamp(std::string_view text) {
  if (const auto fast = parse_iso_datetime(text)) return fast;
  constexpr std::size_t kMostDigits = 7;
  const std::size_t dot = text.find('.');
  if (text.size() < 10 || !text::is_ascii_digit(text.front())) return std::nullopt;
  if (dot == std::string_view::npos) return parse_datetime(text);
  std::size_t end = dot + 1;
  while (end < text.size() && text::is_ascii_digit(text[end])) ++end;
  if (end - dot - 1 <= kMostDigits) return parse_datetime(text);
  return parse_datetime(std::string(text.substr(0, dot + 1 + kMostDigits)) +
                        std::string(text.substr(end)));
}

}  // namespace quarry::taxii_pull::stix
