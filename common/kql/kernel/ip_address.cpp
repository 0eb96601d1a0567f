#include "common/kql/kernel/ip_address.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace quarry::kql {
namespace {

/// One to three digits, at most `limit`.
std::optional<int> small_number(std::string_view text, int limit) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (!text::is_ascii_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= limit ? std::optional(value) : std::nullopt;
}

/// Cuts "/24" off the end of the text. False where it is no prefix.
bool take_prefix(std::string_view& text, int limit, std::optional<int>& prefix) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return true;
  prefix = small_number(text.substr(slash + 1), limit);
  text = text.substr(0, slash);
  return prefix.has_value();
}

std::optional<std::uint32_t> parse_octets(std::string_view text) {
  std::uint32_t address = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t dot = i == 3 ? text.size() : text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto octet = small_number(text.substr(0, dot), 255);
    if (!octet) return std::nullopt;
    address = address << 8 | static_cast<std::uint32_t>(*octet);
    text.remove_prefix(i == 3 ? dot : dot + 1);
  }
  return address;
}

std::optional<std::uint16_t> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const char lower = text::ascii_lower(c);
    if (text::is_ascii_digit(c))
      value = value * 16 + static_cast<unsigned>(c - '0');
    else if (lower >= 'a' && lower <= 'f')
      value = value * 16 + static_cast<unsigned>(lower - 'a' + 10);
    else
      return std::nullopt;
  }
  return static_cast<std::uint16_t>(value);
}

/// Groups of one side of "::". `mixed` is set where the last is IPv4. False where there are more
/// than eight or one is broken.
struct Groups {
  std::array<std::uint16_t, 8> values{};
  std::size_t count = 0;
  bool mixed = false;

  bool add(std::uint16_t group) {
    if (count == values.size()) return false;
    values[count++] = group;
    return true;
  }
  bool parse(std::string_view text) {
    while (!text.empty()) {
      const std::size_t colon = text.find(':');
      const std::string_view part = text.substr(0, colon);
      if (colon == std::string_view::npos && part.find('.') != std::string_view::npos) {
        const auto octets = parse_octets(part);
        mixed = true;
        return octets && add(static_cast<std::uint16_t>(*octets >> 16)) &&
               add(static_cast<std::uint16_t>(*octets & 0xffff));
      }
      const auto group = parse_group(part);
      if (!group || !add(*group)) return false;
      if (colon == std::string_view::npos) return true;
      text.remove_prefix(colon + 1);
      if (text.empty()) return false;  // ends in a single colon
    }
    return true;
  }
};

std::optional<Ipv6> join(const Groups& head, const Groups& tail, bool gap) {
  const std::size_t count = head.count + tail.count;
  if (gap ? count > 7 : count != 8) return std::nullopt;
  std::array<std::uint16_t, 8> all{};
  for (std::size_t i = 0; i < head.count; ++i) all[i] = head.values[i];
  for (std::size_t i = 0; i < tail.count; ++i) all[8 - tail.count + i] = tail.values[i];
  Ipv6 result;
  for (std::size_t i = 0; i < 4; ++i) result.high = result.high << 16 | all[i];
  for (std::size_t i = 4; i < 8; ++i) result.low = result.low << 16 | all[i];
  return result;
}

}  // namespace

std::optional<Ipv4> parse_ipv4(std::string_view text) {
  std::optional<int> prefix;
  if (!take_prefix(text, 32, prefix)) return std::nullopt;
  const auto address = parse_octets(text);
  if (!address) return std::nullopt;
  return Ipv4{*address, prefix.value_or(32)};
}

std::uint32_t masked(std::uint32_t address, int prefix) {
  return prefix <= 0    ? 0
         : prefix >= 32 ? address
                        : address & ~((std::uint32_t{1} << (32 - prefix)) - 1);
}

void append_ipv4(std::string& out, std::uint32_t address) {
  fmt::format_to(std::back_inserter(out), "{}.{}.{}.{}", address >> 24, address >> 16 & 255,
                 address >> 8 & 255, address & 255);
}

std::optional<ParsedIpv6> parse_ipv6(std::string_view text) {
  std::optional<int> prefix;
  if (!take_prefix(text, 128, prefix)) return std::nullopt;
  ParsedIpv6 result;
  if (text.find(':') == std::string_view::npos) {
    const auto octets = parse_octets(text);
    if (!octets) return std::nullopt;
    result.address.low = std::uint64_t{0xffff} << 32 | *octets;
    result.form = Ipv6Form::kIpv4;
  } else {
    const std::size_t gap = text.find("::");
    Groups head, tail;
    if (!head.parse(text.substr(0, gap))) return std::nullopt;
    if (gap != std::string_view::npos && !tail.parse(text.substr(gap + 2))) return std::nullopt;
    const auto joined = join(head, tail, gap != std::string_view::npos);
    if (!joined) return std::nullopt;
    result.address = *joined;
    if (head.mixed || tail.mixed) result.form = Ipv6Form::kMixed;
  }
  if (prefix)
    result.address.prefix =
        result.form != Ipv6Form::kGroups && *prefix <= 32 ? *prefix + 96 : *prefix;
  return result;
}

Ipv6 masked(const Ipv6& address, int prefix) {
  const auto keep = [](std::uint64_t word, int bits) {
    return bits <= 0 ? 0 : bits >= 64 ? word : word & ~((std::uint64_t{1} << (64 - bits)) - 1);
  };
  return {keep(address.high, prefix), keep(address.low, prefix - 64), prefix};
}

void append_ipv6(std::string& out, const Ipv6& address) {
  for (int i = 0; i < 8; ++i) {
    const std::uint64_t word = i < 4 ? address.high : address.low;
    fmt::format_to(std::back_inserter(out), "{}{:04x}", i == 0 ? "" : ":",
                   word >> (48 - 16 * (i % 4)) & 0xffff);
  }
}

}  // namespace quarry::kql
