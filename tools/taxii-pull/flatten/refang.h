// Undoes what people do to indicators so that nobody clicks on them.
#pragma once

#include <string>
#include <string_view>

namespace quarry::taxii_pull::flatten {

/// "hxxps[:]//evil[.]example" -> "https://evil.example".
std::string refanged(std::string_view text);

}  // namespace quarry::taxii_pull::flatten
