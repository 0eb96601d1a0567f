// The lines of a block, found in one vectorised pass.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace quarry::table {

/// A line without its end and the blanks around it, relative to the block's text.
struct LineRef {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;

  std::string_view in(std::string_view text) const { return text.substr(begin, size); }
};

/// Replaces `lines` by those of the text that are not blank. The text is followed by padding
/// (io::kBlockPadding).
void split_lines(std::string_view text, std::vector<LineRef>& lines);
/// The same for NDJSON: objects that share a line, with nothing but a blank between them, become
/// lines of their own. `cat` makes such lines of files that do not end in a newline.
void split_rows(std::string_view text, std::vector<LineRef>& lines);
/// Length of the first of several objects on the line; the line's where there is one only.
std::size_t first_row(std::string_view line);

}  // namespace quarry::table
