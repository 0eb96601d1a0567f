// format_ipv4(), format_ipv4_mask() and ipv4_range_to_cidr_list(): addresses and networks as text.
// KQL: "" where it is none.
#include "common/kql/functions/rowwise_inl.h"
#include "common/kql/kernel/ip_address.h"

#include <algorithm>
#include <bit>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kNoPrefix = 32;

enum class Suffix : std::uint8_t { kNo, kYes };

template <Suffix kSuffix>
std::string written(const std::optional<Ipv4>& ip, std::int64_t prefix) {
  std::string out;
  if (!ip || prefix < 0 || prefix > 32) return out;
  const int shortest = std::min(ip->prefix, static_cast<int>(prefix));
  append_ipv4(out, masked(ip->address, shortest));
  if (kSuffix == Suffix::kYes) out += '/' + std::to_string(shortest);
  return out;
}

std::optional<Ipv4> of_number(std::int64_t number) {
  if (number < 0 || number > 0xffffffff) return std::nullopt;
  return Ipv4{static_cast<std::uint32_t>(number), 32};
}

template <Suffix kSuffix>
std::string of_text_with(std::string_view text, std::int64_t prefix) {
  return written<kSuffix>(parse_ipv4(text), prefix);
}
template <Suffix kSuffix>
std::string of_text(std::string_view text) {
  return of_text_with<kSuffix>(text, kNoPrefix);
}
template <Suffix kSuffix>
std::string of_long_with(std::int64_t number, std::int64_t prefix) {
  return written<kSuffix>(of_number(number), prefix);
}
template <Suffix kSuffix>
std::string of_long(std::int64_t number) {
  return of_long_with<kSuffix>(number, kNoPrefix);
}

template <Suffix kSuffix>
constexpr auto& kOverloads =
    rowwise<of_text<kSuffix>, of_text_with<kSuffix>, of_long<kSuffix>, of_long_with<kSuffix>>;

/// The largest network that begins at the address and does not pass the end, again and again.
DynamicText range_to_cidr_list(std::string_view start, std::string_view end) {
  const auto first = parse_ipv4(start);
  const auto last = parse_ipv4(end);
  if (!first || !last || first->address > last->address) return {};
  std::string json(1, '[');
  std::uint64_t at = first->address;
  while (at <= last->address) {
    int host_bits = at == 0 ? 32 : std::min(std::countr_zero(at), 32);
    while ((std::uint64_t{1} << host_bits) > last->address - at + 1) --host_bits;
    if (json.size() > 1) json += ',';
    json += '"';
    append_ipv4(json, static_cast<std::uint32_t>(at));
    json += '/' + std::to_string(32 - host_bits) + '"';
    at += std::uint64_t{1} << host_bits;
  }
  json += ']';
  return {std::move(json)};
}

constexpr Param kParams[]{{"ip", "An IPv4 address as text, or as a number."},
                          {"prefix", "How many bits to keep, 0 to 32.", true}};
constexpr Param kRangeParams[]{{"start_ip", "The first address."}, {"end_ip", "The last address."}};
constexpr FunctionDef kFormat{
    .name = "format_ipv4",
    .summary = "Writes an address, bits behind the prefix being 0; \"\" where it is none.",
    .params = kParams,
    .example = {R"(print format_ipv4("192.168.1.1", 24))", "192.168.1.0"},
    .overloads = kOverloads<Suffix::kNo>};
constexpr FunctionDef kFormatMask{
    .name = "format_ipv4_mask",
    .summary = "Writes a network as address/prefix; \"\" where it is none.",
    .params = kParams,
    .example = {R"(print format_ipv4_mask("192.168.1.1", 24))", "192.168.1.0/24"},
    .overloads = kOverloads<Suffix::kYes>};
constexpr FunctionDef kCidrList{
    .name = "ipv4_range_to_cidr_list",
    .summary = "Lists the networks that make up a range of addresses.",
    .params = kRangeParams,
    .example = {R"(print ipv4_range_to_cidr_list("1.1.128.0", "1.1.140.255"))",
                R"(["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"])"},
    .overloads = rowwise<range_to_cidr_list>};

constexpr const FunctionDef* kScalars[]{&kFormat, &kFormatMask, &kCidrList};

}  // namespace

extern constinit const FunctionTable kFormatIpv4{"ip", kScalars};

}  // namespace quarry::kql::functions
