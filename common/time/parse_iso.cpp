// The fixed layout of exports, eight bytes at a time. A word of text is XORed with its expected
// shape ("0000-00-"): digits become 0 … 9 and separators 0, so that one addition tells for all
// eight whether any is out of bounds, and one multiply-add joins each digit with its neighbour.
// Cost: four loads, no branch per digit.
#include "common/time/calendar.h"
#include "common/time/parse.h"

#include <bit>
#include <cstring>

static_assert(std::endian::native == std::endian::little,
              "the first digit must be the lowest byte");

namespace quarry {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080;

/// Eight bytes of a layout: digits are written '0', anything else stands for itself.
struct Shape {
  std::uint64_t bytes = 0;
  std::uint64_t headroom =
      0;  // what lifts a byte to 0x80 once it is above 9 (a digit) or above 0 (a separator)

  explicit constexpr Shape(std::string_view layout) {
    for (std::size_t i = 0; i < 8; ++i) {
      const auto byte = static_cast<std::uint64_t>(static_cast<unsigned char>(layout[i]));
      bytes |= byte << (8 * i);
      headroom |= (layout[i] == '0' ? std::uint64_t{0x76} : std::uint64_t{0x7F}) << (8 * i);
    }
  }
};

constexpr Shape kYearMonth("0000-00-");
constexpr Shape kDayHourMinute("00T00:00");
constexpr Shape kMinuteSecond("00:00:00");  // overlaps the word before
constexpr Shape kDigits("00000000");

std::uint64_t load_eight(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// High bits where a byte breaks the shape. A carry into the next byte starts only at a byte that is
// already broken.
std::uint64_t broken(std::uint64_t digits, const Shape& shape) {
  return (digits | (digits + shape.headroom)) & kHighBits;
}

// Byte i of the result is 10 * digit i + digit i+1.
std::uint64_t join_pairs(std::uint64_t digits) { return digits * 10 + (digits >> 8); }

int pair_at(std::uint64_t pairs, int byte) { return static_cast<int>(pairs >> (8 * byte) & 0xFF); }

// Eight digits, the first in the lowest byte, as a number.
std::uint64_t join_eight(std::uint64_t digits) {
  constexpr std::uint64_t kEvenBytes = 0x00FF00FF00FF00FF;
  constexpr std::uint64_t kLowHalves = 0x0000FFFF0000FFFF;
  const std::uint64_t pairs = join_pairs(digits) & kEvenBytes;
  const std::uint64_t fours = (pairs * 100 + (pairs >> 16)) & kLowHalves;
  return (fours & 0xFFFFFFFF) * 10'000 + (fours >> 32);
}

// The fraction after the 19 fixed bytes; -1 where it is none. `end` excludes the Z.
int parse_fraction(std::string_view text, std::size_t end) {
  if (end == 19) return 0;
  const std::size_t count = end - 20;
  if (end < 21 || count > 7 || text[19] != '.') return -1;
  // The eight bytes that end with the fraction; the shift drops what stands before it and fills
  // with zeros behind.
  const std::uint64_t digits =
      (load_eight(text.data() + end - 8) ^ kDigits.bytes) >> (8 * (8 - count));
  if (broken(digits, kDigits) != 0) return -1;
  return static_cast<int>(join_eight(digits) / 10);
}

}  // namespace

std::optional<Datetime> parse_iso_datetime(std::string_view text) {
  if (text.size() < 19 || text.size() > 28) return std::nullopt;
  const char* const at = text.data();
  const std::uint64_t first = load_eight(at) ^ kYearMonth.bytes;
  const std::uint64_t second = load_eight(at + 8) ^ kDayHourMinute.bytes;
  const std::uint64_t third = load_eight(at + 11) ^ kMinuteSecond.bytes;
  if ((broken(first, kYearMonth) | broken(second, kDayHourMinute) | broken(third, kMinuteSecond)) !=
      0) {
    return std::nullopt;
  }
  const int fraction = parse_fraction(text, text.size() - (text.back() == 'Z' ? 1 : 0));
  if (fraction < 0) return std::nullopt;

  const std::uint64_t year_month = join_pairs(first);
  const std::uint64_t clock = join_pairs(third);
  return from_civil({.year = pair_at(year_month, 0) * 100 + pair_at(year_month, 2),
                     .month = pair_at(year_month, 5),
                     .day = pair_at(join_pairs(second), 0),
                     .hour = pair_at(clock, 0),
                     .minute = pair_at(clock, 3),
                     .second = pair_at(clock, 6),
                     .fraction = fraction});
}

}  // namespace quarry
