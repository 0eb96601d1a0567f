#include "common/value/decimal.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

namespace quarry {
namespace {

Decimal dec(std::string_view text) {
  const auto value = parse_decimal(text);
  REQUIRE(value);
  return *value;
}
std::string print(const Decimal& value) {
  std::string out;
  append_decimal(out, value);
  return out;
}
std::string print(const std::optional<Decimal>& value) { return value ? print(*value) : "null"; }
std::string calculate(DecimalOp op, std::string_view a, std::string_view b) {
  return print(apply(op, dec(a), dec(b)));
}

}  // namespace

TEST_CASE("decimals print as they were written, as far as 34 digits go") {
  for (const std::string_view text :
       {"0", "1", "-1", "12.50", "0.001", "9999999999999999999999999999999999",
        "0.1234567890123456789012345678901234", "-79228162514264337593543950335"}) {
    CHECK(print(dec(text)) == text);
  }
  CHECK(print(dec("-1e10")) == "-10000000000");
  CHECK(print(dec("+5")) == "5");
  CHECK(print(dec(".5")) == "0.5");
  CHECK(print(dec("5.")) == "5");
  CHECK(print(dec("007.5")) == "7.5");
  CHECK(print(dec("-0.000")) == "0");
  CHECK(print(dec("1.5e-100")) == "1.5e-100");
  CHECK(print(dec("1e40")) == "1e40");
  CHECK(print(dec("12345678901234567890123456789012345")) ==
        "1.234567890123456789012345678901234e34");
  CHECK(print(dec("99999999999999999999999999999999999")) ==
        "1.000000000000000000000000000000000e35");
}

TEST_CASE("halves round to even, and digits far behind decide a tie") {
  CHECK(print(dec("1.0000000000000000000000000000000005")) ==
        "1.000000000000000000000000000000000");
  CHECK(print(dec("1.0000000000000000000000000000000015")) ==
        "1.000000000000000000000000000000002");
  CHECK(print(dec("1.0000000000000000000000000000000005" + std::string(200, '0') + "1")) ==
        "1.000000000000000000000000000000001");
}

TEST_CASE("what is not a decimal is refused, what is too small is zero") {
  for (const std::string_view text :
       {"", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "nan", " 1", "1 ", "--1"})
    CHECK_FALSE(parse_decimal(text));
  CHECK_FALSE(parse_decimal("1e7000"));
  CHECK_FALSE(parse_decimal("1e99999999999999999999"));
  CHECK(print(parse_decimal("1e-7000")) == "0");
  CHECK(print(parse_decimal("0e99999999999999999999")) == "0");
  CHECK(print(parse_decimal("1e-99999999999999999999")) == "0");
  CHECK(print(parse_decimal("1e6144")) == "1.000000000000000000000000000000000e6144");
}

TEST_CASE("decimal arithmetic is exact where binary is not") {
  CHECK(calculate(DecimalOp::kAdd, "1.1", "2.2") == "3.3");
  CHECK(calculate(DecimalOp::kSubtract, "5.5", "2.2") == "3.3");
  CHECK(calculate(DecimalOp::kMultiply, "1.5", "2.0") == "3.00");
  CHECK(calculate(DecimalOp::kDivide, "6", "2") == "3");
  CHECK(calculate(DecimalOp::kDivide, "1", "8") == "0.125");
  CHECK(calculate(DecimalOp::kDivide, "1", "3") == "0.3333333333333333333333333333333333");
  CHECK(calculate(DecimalOp::kDivide, "-2", "3") == "-0.6666666666666666666666666666666667");
  CHECK(calculate(DecimalOp::kDivide, "100", "1e2") == "1.00");
  CHECK(calculate(DecimalOp::kDivide, "1", "0") == "null");
  CHECK(calculate(DecimalOp::kDivide, "0", "5") == "0");
  CHECK(calculate(DecimalOp::kSubtract, "1.10", "1.1") == "0");
  CHECK(calculate(DecimalOp::kAdd, "0", "-7.0") == "-7.0");
  CHECK(calculate(DecimalOp::kSubtract, "0", "7") == "-7");
  CHECK(calculate(DecimalOp::kAdd, "1e100", "1") == "1e100");
  CHECK(calculate(DecimalOp::kAdd, "1e50", "-1") == "1.000000000000000000000000000000000e50");
  CHECK(calculate(DecimalOp::kMultiply, "9e6000", "9e6000") == "null");
  CHECK(calculate(DecimalOp::kMultiply, "1e-4000", "1e-4000") == "0");
}

TEST_CASE("the remainder is never negative, across any distance of exponents") {
  CHECK(calculate(DecimalOp::kModulo, "7", "3") == "1");
  CHECK(calculate(DecimalOp::kModulo, "-7", "3") == "2");
  CHECK(calculate(DecimalOp::kModulo, "7", "-3") == "1");
  CHECK(calculate(DecimalOp::kModulo, "-7", "-3") == "2");
  CHECK(calculate(DecimalOp::kModulo, "7.5", "2") == "1.5");
  CHECK(calculate(DecimalOp::kModulo, "1e6000", "7") == "1");  // 10^6 is 1 modulo 7
  CHECK(calculate(DecimalOp::kModulo, "5", "1e3000") == "5");
  CHECK(calculate(DecimalOp::kModulo, "5", "0") == "null");
}

TEST_CASE("equal values compare equal and hash alike however they are written") {
  const std::string_view ones[]{"1",     "1.0",    "1.000",
                                "10e-1", "0.01e2", "1000000000000000000000000000000000e-33"};
  for (const auto a : ones) {
    for (const auto b : ones) {
      CHECK(compare(dec(a), dec(b)) == 0);
      CHECK(hash(dec(a)) == hash(dec(b)));
    }
  }
  const std::string_view ordered[]{"-1e100", "-10", "-9.99",   "-1e-100", "0",
                                   "1e-100", "0.5", "0.50001", "1e100"};
  for (std::size_t i = 0; i < std::size(ordered); ++i) {
    for (std::size_t j = 0; j < std::size(ordered); ++j) {
      CHECK(compare(dec(ordered[i]), dec(ordered[j])) == (i > j) - (i < j));
    }
  }
}

TEST_CASE("decimals convert to and from integers and reals") {
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min(),
                         kMax = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t value : {kMin, kMax, std::int64_t{0}, std::int64_t{-1}})
    CHECK(to_int64(decimal_from(value)) == value);
  CHECK(to_int64(dec("3.99")) == 3);
  CHECK(to_int64(dec("-3.99")) == -3);
  CHECK(to_int64(dec("0.99")) == 0);
  CHECK(to_int64(dec("1e18")) == 1'000'000'000'000'000'000);
  CHECK_FALSE(to_int64(dec("9223372036854775808")));
  CHECK_FALSE(to_int64(dec("-9223372036854775809")));
  CHECK_FALSE(to_int64(dec("1e6000")));
  CHECK(to_int64(dec("1e-6000")) == 0);
  CHECK(print(decimal_from(0.1)) == "0.1");
  CHECK(print(decimal_from(-2.0)) == "-2");
  CHECK(print(decimal_from(1e300)) == "1e300");
  CHECK_FALSE(decimal_from(std::nan("")));
  CHECK_FALSE(decimal_from(HUGE_VAL));
  CHECK(to_double(dec("0.1")) == 0.1);
  CHECK(to_double(dec("1e400")) == HUGE_VAL);
  CHECK(to_double(dec("-1e400")) == -HUGE_VAL);
  CHECK(to_double(dec("1e-400")) == 0.0);
  CHECK(to_double(Decimal{}) == 0.0);
}

TEST_CASE("rounding takes halves away from zero") {
  CHECK(print(round(dec("2.5"), 0)) == "3");
  CHECK(print(round(dec("-2.5"), 0)) == "-3");
  CHECK(print(round(dec("3.14159"), 2)) == "3.14");
  CHECK(print(round(dec("1250"), -2)) == "1300");
  CHECK(print(round(dec("1.5"), 5)) == "1.5");
  CHECK(print(round(dec("0.004"), 2)) == "0");
  CHECK(print(round(dec("0.5"), -10)) == "0");
  CHECK(print(round(dec("9.99"), 1)) == "10.0");
  CHECK(print(round(dec("5"), std::numeric_limits<int>::min())) == "0");
  CHECK(print(round(dec("5"), std::numeric_limits<int>::max())) == "5");
}

TEST_CASE("any 16 bytes are a decimal that nothing chokes on") {
  std::mt19937_64 random(7);
  std::optional<Decimal> last = Decimal{};
  for (int i = 0; i < 3000; ++i) {
    const Decimal value{random(), random()};
    const Decimal other = last.value_or(Decimal{random(), random()});
    (void)print(value);
    (void)hash(value);
    (void)to_double(value);
    (void)to_int64(value);
    (void)compare(value, other);
    (void)round(value, static_cast<int>(random() % 80) - 40);
    for (const DecimalOp op : {DecimalOp::kAdd, DecimalOp::kSubtract, DecimalOp::kMultiply,
                               DecimalOp::kDivide, DecimalOp::kModulo}) {
      last = apply(op, value, other);
    }
  }
}

TEST_CASE("random sums, products and quotients agree with 64-bit integers") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 2000; ++i) {
    const auto a = static_cast<std::int64_t>(random() >> 34) - (1 << 29),
               b = static_cast<std::int64_t>(random() >> 34) - (1 << 29);
    CHECK(to_int64(*apply(DecimalOp::kAdd, decimal_from(a), decimal_from(b))) == a + b);
    CHECK(to_int64(*apply(DecimalOp::kSubtract, decimal_from(a), decimal_from(b))) == a - b);
    CHECK(to_int64(*apply(DecimalOp::kMultiply, decimal_from(a), decimal_from(b))) == a * b);
    if (b == 0) continue;
    CHECK(to_int64(*apply(DecimalOp::kDivide, decimal_from(a), decimal_from(b))) == a / b);
    CHECK(to_int64(*apply(DecimalOp::kModulo, decimal_from(a), decimal_from(b))) ==
          (a % b + std::abs(b)) % std::abs(b));
  }
}

}  // namespace quarry
