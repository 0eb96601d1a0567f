// Base64 (RFC 4648 §4), the plain alphabet with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarry::kql::functions {

std::string base64_encode(std::string_view bytes);
/// Blanks between characters are passed over; nullopt where the text is no base64, padding
/// included.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace quarry::kql::functions
