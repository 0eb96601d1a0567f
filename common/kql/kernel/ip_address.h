// IPv4 and IPv6 addresses with prefixes, as the ip functions read them from text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::kql {

struct Ipv4 {
  std::uint32_t address = 0;
  int prefix = 32;
};

/// "10.1.2.3" or "10.1.2.0/24"; no blanks. nullopt for anything else.
std::optional<Ipv4> parse_ipv4(std::string_view text);
/// The address without the bits behind the prefix.
std::uint32_t masked(std::uint32_t address, int prefix);
void append_ipv4(std::string& out, std::uint32_t address);

struct Ipv6 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  int prefix = 128;

  friend bool operator==(const Ipv6& a, const Ipv6& b) {
    return a.high == b.high && a.low == b.low;
  }
  friend bool operator<(const Ipv6& a, const Ipv6& b) {
    return a.high != b.high ? a.high < b.high : a.low < b.low;
  }
};

/// How the text spells its last four bytes.
enum class Ipv6Form : std::uint8_t {
  kGroups,  // fe80::1
  kMixed,   // ::192.168.1.1, ::ffff:10.0.0.1
  kIpv4     // 192.168.1.1: becomes ::ffff:192.168.1.1
};

struct ParsedIpv6 {
  Ipv6 address;
  Ipv6Form form = Ipv6Form::kGroups;
};

/// An IPv6 or IPv4 address, with or without /prefix. KQL: prefixes of addresses that end in IPv4
/// notation count the bits of that part, so 96 is added to them.
std::optional<ParsedIpv6> parse_ipv6(std::string_view text);
Ipv6 masked(const Ipv6& address, int prefix);
/// Eight groups of four digits.
void append_ipv6(std::string& out, const Ipv6& address);

}  // namespace quarry::kql
