// decimal: exact to 34 significant digits, in 16 bytes (sign, exponent, 113-bit coefficient). Rare,
// so the arithmetic unpacks into Boost.Multiprecision (decimal.cpp only).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarry {

struct Decimal {
  std::uint64_t low = 0;   // low 64 bits of the coefficient
  std::uint64_t high = 0;  // sign (1 bit), biased exponent (14 bits), high 49 bits of the
                           // coefficient; 0 is the value 0
};

std::optional<Decimal> parse_decimal(
    std::string_view text);  ///< "12.50", "-1e10"; nullopt otherwise
void append_decimal(std::string& out,
                    const Decimal& value);  ///< plain digits, no exponent where 34 digits suffice
Decimal decimal_from(std::int64_t value);
std::optional<Decimal> decimal_from(double value);  ///< nullopt for nan and infinities
double to_double(const Decimal& value);
std::optional<std::int64_t> to_int64(const Decimal& value);  ///< truncated; nullopt out of range

enum class DecimalOp : std::uint8_t { kAdd, kSubtract, kMultiply, kDivide, kModulo };
/// nullopt for division by zero and overflow. Rounds half to even; the result of modulo is never
/// negative, as KQL's % has it.
std::optional<Decimal> apply(DecimalOp op, const Decimal& a, const Decimal& b);
int compare(const Decimal& a, const Decimal& b);  ///< <0, 0, >0 by value (1.0 equals 1.00)
std::uint64_t hash(const Decimal& value);         ///< equal values, equal hashes
Decimal round(const Decimal& value,
              int digits);  ///< halves away from zero; negative digits: to tens, hundreds …

}  // namespace quarry
