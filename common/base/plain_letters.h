// Letters without what is on, in or around them. Wraps utf8proc.
#pragma once

#include <string>
#include <string_view>

namespace quarry::unicode {

/// Compatibility forms taken apart (NFKD) and marks dropped: "é" and fullwidth "ｅ" become "e".
/// Text that is not valid UTF-8 stays as it is.
std::string without_marks(std::string_view text);

}  // namespace quarry::unicode
