// Looks at inputs before they are read: the first bytes to tell the format, stretches of whole
// lines to infer types.
#include "common/io/held_stream.h"
#include "common/io/open_input.h"
#include "common/io/random_file.h"

#include <algorithm>
#include <utility>

namespace quarry::io {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

void drop_byte_order_mark(std::string& text) {
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
}

// Cuts an open last line off, unless the text has no other or is all there is.
void drop_open_line(std::string& text) {
  const std::size_t newline = text.rfind('\n');
  if (newline != std::string::npos) text.resize(newline + 1);
}

Result<std::string> read_stretch(const RandomFile& file, std::uint64_t offset, std::size_t count) {
  std::string text(count, '\0');
  QUARRY_TRY(const std::size_t got, file.read_at(offset, text.data(), count));
  text.resize(got);
  return text;
}

// The whole lines inside a stretch that begins anywhere; empty where there is none.
std::string whole_lines(std::string text, bool reaches_end) {
  const std::size_t first = text.find('\n');
  if (first == std::string::npos) return {};
  text.erase(0, first + 1);
  if (!reaches_end) text.resize(text.rfind('\n') + 1);  // npos + 1 is 0: nothing left
  return text;
}

Result<std::vector<std::string>> sample_file(const std::string& path, std::size_t bytes_each) {
  QUARRY_TRY(const RandomFile file, RandomFile::open(path));
  std::vector<std::string> stretches;
  if (file.size() <= 3 * std::uint64_t{bytes_each}) {
    QUARRY_TRY(std::string all, read_stretch(file, 0, static_cast<std::size_t>(file.size())));
    drop_byte_order_mark(all);
    stretches.push_back(std::move(all));
    return stretches;
  }
  QUARRY_TRY(std::string start, read_stretch(file, 0, bytes_each));
  drop_byte_order_mark(start);
  drop_open_line(start);
  QUARRY_TRY(std::string middle, read_stretch(file, (file.size() - bytes_each) / 2, bytes_each));
  QUARRY_TRY(std::string end, read_stretch(file, file.size() - bytes_each, bytes_each));
  stretches.push_back(std::move(start));
  stretches.push_back(whole_lines(std::move(middle), false));
  stretches.push_back(whole_lines(std::move(end), true));
  std::erase_if(stretches, [](const std::string& text) { return text.empty(); });
  return stretches;
}

Result<std::string> first_bytes(const Input& input, const Interrupts& interrupts,
                                std::size_t limit) {
  std::string text;
  if (input.kind == InputKind::kStream) {
    QUARRY_TRY(text, input.stream->peek(limit, interrupts));
  } else {
    QUARRY_TRY(auto source, open_input(input, interrupts));
    auto done = read_up_to(*source, limit, text);
    if (!done && text.empty()) return fail(done.error());
  }
  return text;
}

}  // namespace

Result<std::string> peek(const Input& input, const Interrupts& interrupts, std::size_t limit) {
  QUARRY_TRY(std::string text, first_bytes(input, interrupts, limit));
  drop_byte_order_mark(text);
  return text;
}

Result<std::vector<std::string>> sample_lines(const Input& input, const Interrupts& interrupts,
                                              std::size_t bytes_each) {
  if (input.kind == InputKind::kFile) return sample_file(input.path, bytes_each);
  const std::size_t limit = 3 * bytes_each;
  QUARRY_TRY(std::string text, first_bytes(input, interrupts, limit));
  if (text.size() == limit) drop_open_line(text);
  drop_byte_order_mark(text);
  std::vector<std::string> stretches;
  stretches.push_back(std::move(text));
  return stretches;
}

}  // namespace quarry::io
