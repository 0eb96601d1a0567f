// Base64 for protocols (RFC 4648): the plain alphabet, and the URL-safe one that JSON Web Tokens
// use without padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarry {

std::string base64(std::string_view bytes);      ///< with padding
std::string base64_url(std::string_view bytes);  ///< '-' and '_', without padding
/// Reads either alphabet, with or without padding; nullopt where the text is no base64.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace quarry
