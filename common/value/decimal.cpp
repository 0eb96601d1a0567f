// A decimal is (-1)^sign x coefficient x 10^exponent, as IEEE 754 decimal128 has it: at most 34
// digits, trailing zeros kept (12.50 stays 12.50), results rounded half to even. Arithmetic runs on
// 512-bit integers: 34 digits scaled by up to 70 more fit.

#include "common/value/decimal.h"

#include "common/base/text.h"
#include "common/value/hash.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace quarry {
namespace {

using Integer = boost::multiprecision::int512_t;
__extension__ using Coefficient = unsigned __int128;

constexpr int kDigits = 34;
constexpr int kBias = 6176;
constexpr int kMinExponent = -kBias;
constexpr int kMaxExponent = 6111;
constexpr int kHighBits = 49;  // of the coefficient, beside 64 low ones
constexpr int kScaleLimit = 70;

struct Unpacked {
  bool negative = false;
  Coefficient coefficient = 0;
  int exponent = 0;
};

Unpacked unpack(const Decimal& value) {
  constexpr std::uint64_t kHighMask = (std::uint64_t{1} << kHighBits) - 1;
  const auto biased = static_cast<int>((value.high >> kHighBits) & 0x3FFF);
  return {(value.high >> 63) != 0, Coefficient{value.high & kHighMask} << 64 | value.low,
          biased - kBias};
}

/// The parts must fit.
Decimal pack(const Unpacked& parts) {
  if (parts.coefficient == 0) return {};
  return {static_cast<std::uint64_t>(parts.coefficient),
          std::uint64_t{parts.negative} << 63 |
              static_cast<std::uint64_t>(parts.exponent + kBias) << kHighBits |
              static_cast<std::uint64_t>(parts.coefficient >> 64)};
}

Integer widen(Coefficient value) {
  return (Integer(static_cast<std::uint64_t>(value >> 64)) << 64) |
         Integer(static_cast<std::uint64_t>(value));
}
Coefficient narrow(const Integer& value) {
  const Integer mask = std::uint64_t(~std::uint64_t{0});
  return Coefficient{static_cast<std::uint64_t>(value >> 64)} << 64 |
         static_cast<std::uint64_t>(Integer(value & mask));
}

Integer power_of_ten(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

int digit_count(Coefficient value) {
  int count = 0;
  for (; value != 0; value /= 10) ++count;
  return count;
}
int digit_count(const Integer& value) {
  if (value == 0) return 0;
  // Bits give the count but for one: 1233 / 4096 is log10(2) from below.
  const int guess = static_cast<int>((boost::multiprecision::msb(value) + 1) * 1233 / 4096);
  return value >= power_of_ten(guess) ? guess + 1 : guess;
}

/// value / 10^digits, half to even.
Integer drop_digits(const Integer& value, int digits) {
  const Integer unit = power_of_ten(digits);
  Integer quotient = value / unit;
  const Integer twice = (value % unit) * 2;
  if (twice > unit || (twice == unit && (quotient & 1) != 0)) ++quotient;
  return quotient;
}

/// Rounds a magnitude to what a decimal holds; nullopt where it is too large, 0 where too small.
std::optional<Decimal> rounded(bool negative, Integer magnitude, int exponent) {
  if (magnitude == 0) return Decimal{};
  const int digits = digit_count(magnitude);
  const int drop = std::max(digits - kDigits, kMinExponent - exponent);
  if (drop > digits) return Decimal{};
  if (drop > 0) {
    magnitude = drop_digits(magnitude, drop);
    exponent += drop;
    if (digit_count(magnitude) > kDigits) {  // 99…9 became 100…0
      magnitude /= 10;
      ++exponent;
    }
  }
  if (exponent > kMaxExponent && magnitude != 0) {
    const int shift = exponent - kMaxExponent;
    if (digit_count(magnitude) + shift > kDigits) return std::nullopt;
    magnitude *= power_of_ten(shift);
    exponent = kMaxExponent;
  }
  return pack({negative, narrow(magnitude), exponent});
}

std::optional<Decimal> add(const Unpacked& a, const Unpacked& b) {
  if (a.exponent < b.exponent) return add(b, a);
  if (a.coefficient == 0) return pack(b);
  const int gap = a.exponent - b.exponent;
  if (b.coefficient == 0 || gap > kScaleLimit)
    return pack(a);  // b is far below half of a's last digit
  Integer sum = widen(a.coefficient) * power_of_ten(gap);
  if (a.negative) sum = -sum;
  if (b.negative)
    sum -= widen(b.coefficient);
  else
    sum += widen(b.coefficient);
  const bool negative = sum < 0;
  return rounded(negative, negative ? Integer(-sum) : sum, b.exponent);
}

std::optional<Decimal> divide(const Unpacked& a, const Unpacked& b) {
  if (b.coefficient == 0) return std::nullopt;
  if (a.coefficient == 0) return Decimal{};
  const int ideal = a.exponent - b.exponent;
  const int scale =
      std::max(0, kDigits + 1 + digit_count(b.coefficient) - digit_count(a.coefficient));
  const Integer divisor = widen(b.coefficient);
  const Integer dividend = widen(a.coefficient) * power_of_ten(scale);
  Integer quotient = dividend / divisor;
  int exponent = ideal - scale;
  if (dividend % divisor != 0) {
    quotient = quotient * 10 + 1;  // whatever follows only tells a tie from more than one
    --exponent;
  } else {
    for (; exponent < ideal && quotient % 10 == 0; ++exponent) quotient /= 10;
  }
  return rounded(a.negative != b.negative, quotient, exponent);
}

/// 10^exponent modulo `modulus`, by squaring.
Integer power_of_ten_modulo(int exponent, const Integer& modulus) {
  Integer result = Integer(1) % modulus, square = Integer(10) % modulus;
  for (; exponent != 0; exponent /= 2) {
    if (exponent % 2 != 0) result = result * square % modulus;
    square = square * square % modulus;
  }
  return result;
}

/// Remainder of the magnitudes; not negative.
Unpacked remainder(const Unpacked& a, const Unpacked& b) {
  const int gap = a.exponent - b.exponent;
  if (gap < -kDigits) return {false, a.coefficient, a.exponent};  // less than b
  Integer divisor = widen(b.coefficient);
  Integer dividend = widen(a.coefficient);
  if (gap < 0)
    divisor *= power_of_ten(-gap);
  else
    dividend = dividend % divisor * power_of_ten_modulo(gap, divisor);
  return {false, narrow(dividend % divisor), std::min(a.exponent, b.exponent)};
}

/// KQL: the result of % is never negative, whatever the signs (-7 % 3 and -7 % -3 are 2).
std::optional<Decimal> modulo(const Unpacked& a, const Unpacked& b) {
  if (b.coefficient == 0) return std::nullopt;
  Unpacked rest = remainder(a, b);
  if (!a.negative || rest.coefficient == 0) return pack(rest);
  rest.negative = true;
  return add({false, b.coefficient, b.exponent}, rest);
}

/// Compares magnitudes that are not zero.
int compare_magnitudes(const Unpacked& a, const Unpacked& b) {
  const int place_a = digit_count(a.coefficient) + a.exponent,
            place_b = digit_count(b.coefficient) + b.exponent;
  if (place_a != place_b) return place_a < place_b ? -1 : 1;
  const int gap =
      a.exponent -
      b.exponent;  // less than 34 digits apart, as their first digits stand at one place
  Integer left = widen(a.coefficient), right = widen(b.coefficient);
  if (gap > 0)
    left *= power_of_ten(gap);
  else
    right *= power_of_ten(-gap);
  return left.compare(right) < 0 ? -1 : (left == right ? 0 : 1);
}

std::string digits_of(Coefficient value) {
  std::string digits;
  for (; value != 0; value /= 10) digits += static_cast<char>('0' + static_cast<int>(value % 10));
  std::reverse(digits.begin(), digits.end());
  return digits;
}

void append_scientific(std::string& out, std::string_view digits, int exponent) {
  out += digits[0];
  if (digits.size() > 1) (out += '.') += digits.substr(1);
  out += 'e';
  text::append_int(out, exponent + static_cast<int>(digits.size()) - 1);
}

/// Digits and exponent as they are read; digits beyond those that can matter are only noted.
class DigitReader {
 public:
  void add(char digit, bool fraction) {
    if (count_ == 0 && digit == '0') {
      if (fraction) --exponent_;
      return;
    }
    if (count_ < kScaleLimit) {
      value_ = value_ * 10 + (digit - '0');
      ++count_;
      if (fraction) --exponent_;
    } else {
      lost_ |= digit != '0';
      if (!fraction) ++exponent_;
    }
  }
  std::optional<Decimal> finish(bool negative, std::int64_t exponent) {
    if (value_ == 0) return Decimal{};
    exponent += exponent_;
    if (lost_) {
      value_ = value_ * 10 + 1;
      --exponent;
    }
    if (exponent < -2 * kBias) return Decimal{};
    if (exponent > 2 * kBias) return std::nullopt;
    return rounded(negative, value_, static_cast<int>(exponent));
  }

 private:
  Integer value_ = 0;
  int count_ = 0;
  std::int64_t exponent_ = 0;
  bool lost_ = false;
};

/// "e+10" at the end of a number: 0 where the text is empty, limited where the digits go on for
/// ever.
std::optional<std::int64_t> parse_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || !std::all_of(text.begin(), text.end(), text::is_ascii_digit))
    return std::nullopt;
  constexpr std::int64_t kLimit = std::int64_t{1}
                                  << 50;  // no text is so long that its digits make up for it
  const std::int64_t value = std::min(text::parse_int64(text).value_or(kLimit), kLimit);
  return negative ? -value : value;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  DigitReader reader;
  std::size_t at = 0, digits = 0;
  bool fraction = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!text::is_ascii_digit(text[at])) break;
    reader.add(text[at], fraction);
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  const auto exponent = parse_exponent(text.substr(at));
  if (!exponent) return std::nullopt;
  return reader.finish(negative, *exponent);
}

void append_decimal(std::string& out, const Decimal& value) {
  const Unpacked parts = unpack(value);
  if (parts.coefficient == 0) {
    out += '0';
    return;
  }
  if (parts.negative) out += '-';
  const std::string digits = digits_of(parts.coefficient);
  const int count = static_cast<int>(digits.size()), place = count + parts.exponent;
  constexpr int kLeadingZeros = 6;  // 0.000000333… is still read more easily than 3.33…e-7
  if (place > kDigits || (parts.exponent < -kDigits && place < -kLeadingZeros)) {
    append_scientific(out, digits, parts.exponent);
  } else if (parts.exponent >= 0) {
    (out += digits).append(static_cast<std::size_t>(parts.exponent), '0');
  } else if (place > 0) {
    ((out += std::string_view(digits).substr(0, static_cast<std::size_t>(place))) += '.') +=
        std::string_view(digits).substr(static_cast<std::size_t>(place));
  } else {
    (out += "0.").append(static_cast<std::size_t>(-place), '0') += digits;
  }
}

Decimal decimal_from(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return pack({value < 0, value < 0 ? std::uint64_t{0} - bits : bits, 0});
}

std::optional<Decimal> decimal_from(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char digits[32];  // the shortest that read back equal: 0.1 is 0.1
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::scientific).ptr;
  return parse_decimal({digits, static_cast<std::size_t>(end - digits)});
}

double to_double(const Decimal& value) {
  const Unpacked parts = unpack(value);
  if (parts.coefficient == 0) return 0.0;
  std::string text = (parts.negative ? "-" : "") + digits_of(parts.coefficient) + "e";
  text::append_int(text, parts.exponent);
  double result = 0.0;
  const auto error = std::from_chars(text.data(), text.data() + text.size(), result).ec;
  if (error == std::errc{}) return result;
  if (parts.exponent < 0) return parts.negative ? -0.0 : 0.0;
  return parts.negative ? -HUGE_VAL : HUGE_VAL;
}

std::optional<std::int64_t> to_int64(const Decimal& value) {
  const Unpacked parts = unpack(value);
  const int place = digit_count(parts.coefficient) + parts.exponent;
  if (parts.coefficient == 0 || place <= 0) return 0;
  if (place > 19) return std::nullopt;
  const Integer scale = power_of_ten(std::abs(parts.exponent));
  const Integer whole = widen(parts.coefficient);
  const Coefficient magnitude =
      narrow(parts.exponent >= 0 ? Integer(whole * scale) : Integer(whole / scale));
  constexpr Coefficient kLimit = Coefficient{1} << 63;
  if (magnitude > kLimit || (magnitude == kLimit && !parts.negative)) return std::nullopt;
  const auto bits = static_cast<std::uint64_t>(magnitude);
  return static_cast<std::int64_t>(parts.negative ? std::uint64_t{0} - bits : bits);
}

std::optional<Decimal> apply(DecimalOp op, const Decimal& a, const Decimal& b) {
  const Unpacked left = unpack(a);
  Unpacked right = unpack(b);
  switch (op) {
    case DecimalOp::kSubtract:
      right.negative = !right.negative;
      [[fallthrough]];
    case DecimalOp::kAdd:
      return add(left, right);
    case DecimalOp::kMultiply:
      return rounded(left.negative != right.negative,
                     widen(left.coefficient) * widen(right.coefficient),
                     left.exponent + right.exponent);
    case DecimalOp::kDivide:
      return divide(left, right);
    case DecimalOp::kModulo:
      break;
  }
  return modulo(left, right);
}

int compare(const Decimal& a, const Decimal& b) {
  const Unpacked left = unpack(a), right = unpack(b);
  const auto sign = [](const Unpacked& v) {
    return v.coefficient == 0 ? 0 : (v.negative ? -1 : 1);
  };
  if (sign(left) != sign(right)) return sign(left) < sign(right) ? -1 : 1;
  if (sign(left) == 0) return 0;
  return sign(left) * compare_magnitudes(left, right);
}

std::uint64_t hash(const Decimal& value) {
  Unpacked parts = unpack(value);
  if (parts.coefficient == 0) return mix(0);
  for (; parts.coefficient % 10 == 0; ++parts.exponent) parts.coefficient /= 10;
  const std::uint64_t rest = static_cast<std::uint64_t>(parts.coefficient >> 64) << 15 ^
                             static_cast<std::uint64_t>(parts.exponent + kBias) << 1 ^
                             std::uint64_t{parts.negative};
  return mix(mix(static_cast<std::uint64_t>(parts.coefficient)) ^ rest);
}

// KQL: round() takes halves away from zero.
Decimal round(const Decimal& value, int digits) {
  Unpacked parts = unpack(value);
  const std::int64_t drop = -std::int64_t{digits} - parts.exponent;
  if (parts.coefficient == 0 || drop <= 0) return value;
  if (drop > digit_count(parts.coefficient)) return {};
  const Integer unit = power_of_ten(static_cast<int>(drop));
  parts.coefficient = narrow((widen(parts.coefficient) + unit / 2) / unit);
  parts.exponent = -digits;
  return parts.exponent > kMaxExponent ? value : pack(parts);
}

}  // namespace quarry
