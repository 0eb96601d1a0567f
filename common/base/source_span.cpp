#include "common/base/source_span.h"

#include "common/base/unicode.h"

#include <algorithm>

namespace quarry {

SourceSpan cover(SourceSpan a, SourceSpan b) {
  const std::uint32_t start = std::min(a.start, b.start);
  return {start, std::max(a.end(), b.end()) - start};
}

LineColumn line_column(std::string_view text, std::uint32_t offset) {
  const std::string_view before = text.substr(0, std::min<std::size_t>(offset, text.size()));
  const auto line_breaks = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
  const std::size_t characters = unicode::code_point_count(before.substr(line_start));
  return {static_cast<std::uint32_t>(line_breaks) + 1, static_cast<std::uint32_t>(characters) + 1};
}

}  // namespace quarry
