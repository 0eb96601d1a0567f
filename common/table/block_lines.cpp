#include "common/table/block_lines.h"

#include "common/json/byte_masks.h"
#include "common/json/value_scanner.h"

#include <bit>

namespace quarry::table {
namespace {

void add_line(std::string_view text, std::size_t begin, std::size_t end,
              std::vector<LineRef>& lines) {
  while (end > begin && json::is_json_blank(text[end - 1])) --end;
  while (begin < end && json::is_json_blank(text[begin])) ++begin;
  if (begin < end)
    lines.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)});
}

}  // namespace

void split_lines(std::string_view text, std::vector<LineRef>& lines) {
  lines.clear();
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); at += 32) {
    for (std::uint32_t bits = json::ByteChunk(text.data() + at).equal('\n'); bits != 0;
         bits &= bits - 1) {
      const std::size_t newline = at + static_cast<std::size_t>(std::countr_zero(bits));
      if (newline >= text.size()) break;
      add_line(text, start, newline, lines);
      start = newline + 1;
    }
  }
  if (start < text.size()) add_line(text, start, text.size(), lines);
}

}  // namespace quarry::table
