// ipv6_compare, ipv6_is_match, ipv6_is_in_range, parse_ipv6, parse_ipv6_mask. IPv4 addresses are
// taken as ::ffff:a.b.c.d. KQL: when both addresses are IPv4, a prefix argument up to 32 counts
// their bits; otherwise it counts those of IPv6.
#include "common/kql/functions/ip/compared_inl.h"
#include "common/kql/functions/rowwise_inl.h"
#include "common/kql/kernel/ip_address.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kNoPrefix = 128;

/// KQL: ::192.168.1.1 equals 192.168.1.1 in comparisons (though parse_ipv6() keeps them apart).
std::optional<ParsedIpv6> for_comparison(std::string_view text) {
  auto parsed = parse_ipv6(text);
  if (parsed && parsed->form == Ipv6Form::kMixed && parsed->address.high == 0 &&
      parsed->address.low >> 32 == 0) {
    parsed->address.low |= std::uint64_t{0xffff} << 32;
  }
  return parsed;
}

std::optional<std::int64_t> compare_masked(std::string_view first, std::string_view second,
                                           std::int64_t prefix) {
  const auto a = for_comparison(first);
  const auto b = for_comparison(second);
  if (!a || !b || prefix < 0 || prefix > 128) return std::nullopt;
  const bool both_ipv4 = a->form == Ipv6Form::kIpv4 && b->form == Ipv6Form::kIpv4;
  const int given = static_cast<int>(prefix) + (both_ipv4 && prefix <= 32 ? 96 : 0);
  const int shortest = std::min({a->address.prefix, b->address.prefix, given});
  const Ipv6 x = masked(a->address, shortest);
  const Ipv6 y = masked(b->address, shortest);
  return x == y ? 0 : x < y ? -1 : 1;
}
using Addresses = Compared<compare_masked, kNoPrefix>;

std::string parse_masked(std::string_view text, std::int64_t prefix) {
  std::string out;
  const auto parsed = parse_ipv6(text);
  if (parsed && prefix >= 0 && prefix <= 128) {
    append_ipv6(
        out, masked(parsed->address, std::min(parsed->address.prefix, static_cast<int>(prefix))));
  }
  return out;
}
std::string parse_plain(std::string_view text) { return parse_masked(text, kNoPrefix); }

constexpr Param kIp[]{{"ip", "An IPv6 or IPv4 address, with or without /prefix."}};
constexpr Param kTwo[]{{"ip1", "An IPv6 or IPv4 address, with or without /prefix."},
                       {"ip2", "An IPv6 or IPv4 address, with or without /prefix."},
                       {"prefix", "How many bits to look at, 0 to 128.", true}};
constexpr Param kRange[]{{"ip", "An IPv6 or IPv4 address."},
                         {"ip_range", "An address with /prefix."}};
constexpr Param kMask[]{{"ip", "An IPv6 or IPv4 address, with or without /prefix."},
                        {"prefix", "How many bits to keep, 0 to 128."}};
constexpr FunctionDef kCompare{
    .name = "ipv6_compare",
    .summary = "Compares two addresses under the shortest prefix: -1, 0 or 1.",
    .params = kTwo,
    .example =
        {R"(print ipv6_compare("fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7995", 127))", "0"},
    .overloads = rowwise<Addresses::compare, compare_masked>};
constexpr FunctionDef kIsMatch{
    .name = "ipv6_is_match",
    .summary = "Tells whether two addresses are equal under the shortest prefix.",
    .params = kTwo,
    .example = {R"(print ipv6_is_match("192.168.1.1", "::ffff:c0a8:0101"))", "true"},
    .overloads = rowwise<Addresses::match, Addresses::match_masked>};
constexpr FunctionDef kIsInRange{
    .name = "ipv6_is_in_range",
    .summary = "Tells whether an address is in a network.",
    .params = kRange,
    .example = {R"(print ipv6_is_in_range("a5e::abcd", "a5e::/112"))", "true"},
    .overloads = rowwise<Addresses::match>};
constexpr FunctionDef kParse{
    .name = "parse_ipv6",
    .summary = "Writes an address in full; bits behind the prefix are 0; \"\" where it is none.",
    .params = kIp,
    .example = {R"(print parse_ipv6("192.168.255.255/24"))",
                "0000:0000:0000:0000:0000:ffff:c0a8:ff00"},
    .overloads = rowwise<parse_plain>};
constexpr FunctionDef kParseMask{
    .name = "parse_ipv6_mask",
    .summary = "Writes an address in full; bits behind the shorter prefix are 0.",
    .params = kMask,
    .example = {R"(print parse_ipv6_mask("fe80::85d:e82c:9446:7994", 120))",
                "fe80:0000:0000:0000:085d:e82c:9446:7900"},
    .overloads = rowwise<parse_masked>};

constexpr const FunctionDef* kScalars[]{&kCompare, &kIsMatch, &kIsInRange, &kParse, &kParseMask};

}  // namespace

extern constinit const FunctionTable kIpv6{"ip", kScalars};

}  // namespace quarry::kql::functions
