#include "common/table/block_lines.h"

#include "common/json/byte_masks.h"
#include "common/json/value_scanner.h"
#include "common/value/dynamic.h"

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

// Does an object begin at `at` right behind another's end, at most one blank between?
bool follows_object(std::string_view text, std::size_t at) {
  if (at > 0 && text[at - 1] == '}') return true;
  return at > 1 && text[at - 1] == ' ' && text[at - 2] == '}';
}

void add_rows(std::string_view text, std::size_t begin, std::size_t end,
              std::vector<LineRef>& lines) {
  const std::size_t before = lines.size();
  add_line(text, begin, end, lines);
  if (lines.size() == before) return;
  while (true) {
    LineRef& last = lines.back();
    const std::size_t length = first_row(last.in(text));
    if (length == last.size) return;
    const std::size_t stop = std::size_t{last.begin} + last.size;
    last.size = static_cast<std::uint32_t>(length);
    add_line(text, last.begin + length, stop, lines);
  }
}

}  // namespace

std::size_t first_row(std::string_view line) {
  if (!line.starts_with('{')) return line.size();
  const std::size_t length = skip_json_value(line);
  if (length == 0 || length >= line.size()) return line.size();
  std::size_t next = length;
  while (next < line.size() && json::is_json_blank(line[next])) ++next;
  return next < line.size() && line[next] == '{' ? length : line.size();
}

void split_rows(std::string_view text, std::vector<LineRef>& lines) {
  lines.clear();
  std::size_t start = 0;
  bool several = false;
  const auto close = [&](std::size_t end) {
    if (several)
      add_rows(text, start, end, lines);
    else
      add_line(text, start, end, lines);
    several = false;
  };
  for (std::size_t at = 0; at < text.size(); at += 32) {
    const json::ByteChunk chunk(text.data() + at);
    // Newlines and opening brackets in their order: a bracket marks the line that it stands in.
    const std::uint32_t newlines = chunk.equal('\n');
    for (std::uint32_t bits = newlines | chunk.equal('{'); bits != 0; bits &= bits - 1) {
      const int bit = std::countr_zero(bits);
      const std::size_t place = at + static_cast<std::size_t>(bit);
      if (place >= text.size()) break;
      if ((newlines >> bit & 1) == 0) {
        several = several || follows_object(text, place);
        continue;
      }
      close(place);
      start = place + 1;
    }
  }
  if (start < text.size()) close(text.size());
}

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
