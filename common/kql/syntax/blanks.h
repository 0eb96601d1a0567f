// What separates tokens besides spaces: text pasted from web pages brings no-break spaces,
// byte-order marks and the like.
#pragma once

#include <cstddef>
#include <string_view>

namespace quarry::kql::syntax {

/// Bytes of the white-space character at `at` (Unicode's blanks, also U+FEFF and U+200B); 0 where
/// there is none.
std::size_t blank_length(std::string_view text, std::size_t at);

}  // namespace quarry::kql::syntax
