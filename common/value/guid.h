// guid: 16 bytes, printed lower-case with dashes.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarry {

/// Bytes in the order in which they are printed, so that byte order is the order of the text.
struct Guid {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const Guid&, const Guid&) = default;
};

/// With or without dashes and braces, any case; nullopt otherwise.
std::optional<Guid> parse_guid(std::string_view text);
void append_guid(std::string& out, const Guid& value);

}  // namespace quarry
