// Lines of a text in memory, without copying, and fast counting of single bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace quarry::io {

/// Walks the lines of a text. A trailing "\r\n" or "\n" is cut off; the last line needs none. Blank
/// lines are yielded.
class LineSplitter {
 public:
  explicit LineSplitter(std::string_view text) : text_(text) {}

  /// False when no line is left.
  bool next(std::string_view& line);
  /// Offset in the text of the line that next() yielded last.
  std::size_t offset() const { return line_start_; }

 private:
  std::string_view text_;
  std::size_t line_start_ = 0;
  std::size_t cursor_ = 0;
};

/// How often the byte occurs. Vectorised: as fast as memory delivers.
std::uint64_t count_byte(std::string_view text, char byte);
inline std::uint64_t count_newlines(std::string_view text) { return count_byte(text, '\n'); }

}  // namespace quarry::io
