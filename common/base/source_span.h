// Positions in query text: byte offsets while we work, line and column (in characters) when we
// speak to the user.
#pragma once

#include <cstdint>
#include <string_view>

namespace quarry {

/// A stretch of bytes of the query text. Length 0 marks a point (for example the end of the text).
struct SourceSpan {
  std::uint32_t start = 0;
  std::uint32_t length = 0;

  std::uint32_t end() const { return start + length; }
  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

/// The smallest span that covers both.
SourceSpan cover(SourceSpan a, SourceSpan b);

/// Line and column, both from 1; the column counts characters (code points), not bytes.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

LineColumn line_column(std::string_view text, std::uint32_t offset);

}  // namespace quarry
