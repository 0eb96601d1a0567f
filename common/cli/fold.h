// Text in columns: folded at blanks and cut by display width. What help, man page and diagnostics
// share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace quarry::cli {

/// The longest start of the text that fits, with "…" as its last column where something was cut.
std::string cut_to_width(std::string_view text, std::size_t width);

/// Lines of at most `width` columns, each after `indent` blanks (counted in the width) and with a
/// newline. A word that is longer stays whole. An empty line in the text stays one; other line ends
/// count as blanks.
std::string fold(std::string_view text, std::size_t indent, std::size_t width);

/// `left` after `indent` blanks, then `right` folded from `column` on; on its own lines where
/// `left` is too long.
std::string two_columns(std::string_view left, std::string_view right, std::size_t indent,
                        std::size_t column, std::size_t width);

}  // namespace quarry::cli
