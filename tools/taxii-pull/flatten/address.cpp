#include "tools/taxii-pull/flatten/address.h"

#include "common/base/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace quarry::taxii_pull::flatten {
namespace {

void clear_host_bits(unsigned char* bytes, std::size_t size, std::size_t prefix) {
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t kept = std::min<std::size_t>(8, prefix > i * 8 ? prefix - i * 8 : 0);
    bytes[i] = static_cast<unsigned char>(bytes[i] & (0xFF00U >> kept));
  }
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string host(text.substr(0, slash));
  if (host.size() > INET6_ADDRSTRLEN || host.find('\0') != std::string::npos) return std::nullopt;
  std::array<unsigned char, 16> bytes{};
  const int family = host.find(':') == std::string::npos ? AF_INET : AF_INET6;
  if (::inet_pton(family, host.c_str(), bytes.data()) != 1) return std::nullopt;
  const std::size_t size = family == AF_INET ? 4 : 16;
  std::size_t prefix = size * 8;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto number = text::parse_int64(digits);
    if (!number || *number < 0 || *number > static_cast<std::int64_t>(prefix) || digits.size() > 3)
      return std::nullopt;
    prefix = static_cast<std::size_t>(*number);
  }
  clear_host_bits(bytes.data(), size, prefix);
  std::array<char, INET6_ADDRSTRLEN> shown{};
  ::inet_ntop(family, bytes.data(), shown.data(), shown.size());
  Address address{.text = shown.data(), .is_network = prefix < size * 8};
  if (address.is_network) address.text += '/' + std::to_string(prefix);
  return address;
}

}  // namespace quarry::taxii_pull::flatten
