// What ipv4_compare, ipv6_compare and their kin have in common, once a comparison under a prefix is
// there.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::kql::functions {

/// kCompare(first, second, prefix) gives -1, 0 or 1, or nullopt where a text is no address.
/// kNoPrefix is all bits.
template <auto kCompare, std::int64_t kNoPrefix>
struct Compared {
  static std::optional<std::int64_t> compare(std::string_view a, std::string_view b) {
    return kCompare(a, b, kNoPrefix);
  }
  static std::optional<bool> match_masked(std::string_view a, std::string_view b,
                                          std::int64_t prefix) {
    const auto order = kCompare(a, b, prefix);
    return order ? std::optional(*order == 0) : std::nullopt;
  }
  static std::optional<bool> match(std::string_view a, std::string_view b) {
    return match_masked(a, b, kNoPrefix);
  }
};

}  // namespace quarry::kql::functions
