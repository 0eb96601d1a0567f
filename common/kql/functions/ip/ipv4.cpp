// ipv4_is_private, ipv4_compare, ipv4_is_match, ipv4_is_in_range, ipv4_netmask_suffix, parse_ipv4,
// parse_ipv4_mask. KQL: whatever is no address gives null; of several prefixes the shortest counts.
#include "common/kql/functions/ip/compared_inl.h"
#include "common/kql/functions/rowwise_inl.h"
#include "common/kql/kernel/ip_address.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kNoPrefix = 32;

std::optional<bool> ipv4_is_private(std::string_view text) {
  const auto ip = parse_ipv4(text);
  if (!ip) return std::nullopt;
  const auto inside = [&](std::uint32_t network, int prefix) {
    return ip->prefix >= prefix && masked(ip->address, prefix) == network;
  };
  return inside(0x0a000000, 8) || inside(0xac100000, 12) || inside(0xc0a80000, 16);
}

std::optional<std::int64_t> compare_masked(std::string_view first, std::string_view second,
                                           std::int64_t prefix) {
  const auto a = parse_ipv4(first);
  const auto b = parse_ipv4(second);
  if (!a || !b || prefix < 0 || prefix > 32) return std::nullopt;
  const int shortest = std::min({a->prefix, b->prefix, static_cast<int>(prefix)});
  const std::uint32_t x = masked(a->address, shortest);
  const std::uint32_t y = masked(b->address, shortest);
  return x < y ? -1 : x > y ? 1 : 0;
}
using Addresses = Compared<compare_masked, kNoPrefix>;

std::optional<std::int64_t> ipv4_netmask_suffix(std::string_view text) {
  const auto ip = parse_ipv4(text);
  return ip ? std::optional<std::int64_t>(ip->prefix) : std::nullopt;
}

std::optional<std::int64_t> parse_masked(std::string_view text, std::int64_t prefix) {
  const auto ip = parse_ipv4(text);
  if (!ip || prefix < 0 || prefix > 32) return std::nullopt;
  return masked(ip->address, std::min(ip->prefix, static_cast<int>(prefix)));
}
std::optional<std::int64_t> parse_plain(std::string_view text) {
  return parse_masked(text, kNoPrefix);
}

constexpr Param kIp[]{{"ip", "An IPv4 address, with or without /prefix."}};
constexpr Param kTwo[]{{"ip1", "An IPv4 address, with or without /prefix."},
                       {"ip2", "An IPv4 address, with or without /prefix."},
                       {"prefix", "How many bits to look at, 0 to 32.", true}};
constexpr Param kRange[]{{"ip", "An IPv4 address."}, {"ip_range", "An IPv4 address with /prefix."}};
constexpr Param kMask[]{{"ip", "An IPv4 address, with or without /prefix."},
                        {"prefix", "How many bits to keep, 0 to 32."}};
constexpr FunctionDef kIsPrivate{
    .name = "ipv4_is_private",
    .summary =
        "Tells whether an address is in one of the private networks (10/8, 172.16/12, 192.168/16).",
    .params = kIp,
    .example = {R"(print ipv4_is_private("10.1.2.3"))", "true"},
    .overloads = rowwise<ipv4_is_private>};
constexpr FunctionDef kCompare{
    .name = "ipv4_compare",
    .summary = "Compares two addresses under the shortest prefix: -1, 0 or 1.",
    .params = kTwo,
    .example = {R"(print ipv4_compare("192.168.1.1/24", "192.168.1.255"))", "0"},
    .overloads = rowwise<Addresses::compare, compare_masked>};
constexpr FunctionDef kIsMatch{
    .name = "ipv4_is_match",
    .summary = "Tells whether two addresses are equal under the shortest prefix.",
    .params = kTwo,
    .example = {R"(print ipv4_is_match("192.168.1.1", "192.168.1.255", 24))", "true"},
    .overloads = rowwise<Addresses::match, Addresses::match_masked>};
constexpr FunctionDef kIsInRange{
    .name = "ipv4_is_in_range",
    .summary = "Tells whether an address is in a network.",
    .params = kRange,
    .example = {R"(print ipv4_is_in_range("192.168.1.6", "192.168.1.0/24"))", "true"},
    .overloads = rowwise<Addresses::match>};
constexpr FunctionDef kNetmaskSuffix{
    .name = "ipv4_netmask_suffix",
    .summary = "Returns the prefix of an address; 32 where it has none.",
    .params = kIp,
    .example = {R"(print ipv4_netmask_suffix("192.168.1.1/24"))", "24"},
    .overloads = rowwise<ipv4_netmask_suffix>};
constexpr FunctionDef kParse{
    .name = "parse_ipv4",
    .summary = "Returns an address as a number; bits behind the prefix are 0.",
    .params = kIp,
    .example = {R"(print parse_ipv4("192.168.1.1/24"))", "3232235776"},
    .overloads = rowwise<parse_plain>};
constexpr FunctionDef kParseMask{
    .name = "parse_ipv4_mask",
    .summary = "Returns an address as a number; bits behind the shorter prefix are 0.",
    .params = kMask,
    .example = {R"(print parse_ipv4_mask("127.0.0.1", 24))", "2130706432"},
    .overloads = rowwise<parse_masked>};

constexpr const FunctionDef* kScalars[]{&kIsPrivate,     &kCompare, &kIsMatch,  &kIsInRange,
                                        &kNetmaskSuffix, &kParse,   &kParseMask};

}  // namespace

extern constinit const FunctionTable kIpv4{"ip", kScalars};

}  // namespace quarry::kql::functions
