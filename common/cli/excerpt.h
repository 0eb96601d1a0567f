// The line of the query that a diagnostic is about, with carets under the place.
#pragma once

#include "common/base/source_span.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarry::cli {

struct Excerpt {
  LineColumn at;
  std::string line;        // as shown: escaped, tabs widened, a window of a long line
  std::size_t indent = 0;  // columns before the carets
  std::size_t carets = 1;  // columns to underline, to the end of the line at most
};

/// At most `width` columns of the line around the place.
Excerpt make_excerpt(std::string_view text, SourceSpan span, std::size_t width);

}  // namespace quarry::cli
