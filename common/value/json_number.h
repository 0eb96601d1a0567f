// The number grammar of RFC 8259 §6, and number tokens compared by value.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace quarry {

enum class NumberShape : std::uint8_t { kNone, kInteger, kReal };

/// What the whole text is; kInteger says nothing about its size.
NumberShape number_shape(std::string_view text);

/// A number as its token says it: a 64-bit integer where it is one, a double otherwise (infinite
/// beyond the range of double).
using JsonNumber = std::variant<std::int64_t, double>;
/// The text must not be of shape kNone.
JsonNumber parse_json_number(std::string_view text, NumberShape shape);

/// Exact, also between integers and reals that doubles cannot tell apart.
int compare_numbers(const JsonNumber& a, const JsonNumber& b);
std::uint64_t hash_number(const JsonNumber& number);

}  // namespace quarry
