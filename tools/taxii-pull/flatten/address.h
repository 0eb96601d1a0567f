// IP addresses and networks in the spelling that columns hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarry::taxii_pull::flatten {

struct Address {
  std::string text;         // RFC 5952 for IPv6; a network with host bits cleared: "10.0.0.0/8"
  bool is_network = false;  // false for /32 and /128, which are hosts
};

/// nullopt where the text is neither an IPv4 nor an IPv6 address, with a prefix length or without.
std::optional<Address> parse_address(std::string_view text);

}  // namespace quarry::taxii_pull::flatten
