// What may stand between the quotes of a constant.
#pragma once

#include <string>
#include <string_view>

namespace quarry::taxii_pull::pattern {

/// YYYY-MM-DDThh:mm:ss[.f…]Z with parts in their ranges; a leap second is one.
bool is_timestamp(std::string_view text);
/// Pairs of hexadecimal digits, none included.
bool is_hex_pairs(std::string_view text);
/// Groups of four with padding in the last one only.
bool is_base64(std::string_view text);

/// The content of a string token: quotes off, \' and \\ resolved.
std::string unquoted(std::string_view token);

}  // namespace quarry::taxii_pull::pattern
