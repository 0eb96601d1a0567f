// Punycode (RFC 3492): Unicode labels in ASCII.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarry::kql::functions {

/// The label without "xn--"; a text of ASCII alone ends in "-".
std::string punycode_encode(std::string_view label);
/// nullopt where the text is no punycode.
std::optional<std::string> punycode_decode(std::string_view text);

}  // namespace quarry::kql::functions
