#include "common/cli/excerpt.h"

#include "common/base/unicode.h"

#include <algorithm>

namespace quarry::cli {
namespace {

constexpr std::string_view kTab = "    ";
constexpr std::size_t kBefore = 40;  // columns kept before the place in a long line

// As the terminal shows it, so that its display width is where the caret must stand.
std::string shown(std::string_view text) {
  std::string out;
  for (std::size_t tab; (tab = text.find('\t')) != std::string_view::npos;
       text.remove_prefix(tab + 1)) {
    out += unicode::escape_for_terminal(text.substr(0, tab));
    out += kTab;
  }
  return out + unicode::escape_for_terminal(text);
}

std::string_view line_around(std::string_view text, std::size_t offset, std::size_t& start) {
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  start = before == std::string_view::npos ? 0 : before + 1;
  std::string_view line = text.substr(start, text.find('\n', offset) - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Byte offset where `columns` columns are left behind.
std::size_t skip_columns(std::string_view text, std::size_t columns) {
  std::size_t offset = 0;
  for (std::size_t used = 0; offset < text.size() && used < columns;) {
    used += unicode::display_width(unicode::decode(text, offset));
  }
  return offset;
}

// Cuts at both sides with "…" so that the carets stay in sight.
void window(Excerpt& excerpt, std::size_t width) {
  if (excerpt.indent > kBefore && unicode::display_width(excerpt.line) > width) {
    const std::size_t skipped = skip_columns(excerpt.line, excerpt.indent - kBefore + 1);
    const std::size_t columns =
        unicode::display_width(std::string_view(excerpt.line).substr(0, skipped));
    excerpt.line = "…" + excerpt.line.substr(skipped);
    excerpt.indent -= columns - 1;
  }
  if (unicode::display_width(excerpt.line) > width) {
    excerpt.line = excerpt.line.substr(0, skip_columns(excerpt.line, width - 1)) + "…";
  }
  excerpt.carets = std::clamp<std::size_t>(
      excerpt.carets, 1, std::max<std::size_t>(width, excerpt.indent + 1) - excerpt.indent);
}

}  // namespace

Excerpt make_excerpt(std::string_view text, SourceSpan span, std::size_t width) {
  const std::size_t offset = std::min<std::size_t>(span.start, text.size());
  std::size_t start = 0;
  const std::string_view line = line_around(text, offset, start);
  const std::size_t from = std::min(offset - start, line.size());
  const std::size_t length = std::min<std::size_t>(span.length, line.size() - from);
  Excerpt excerpt{.at = line_column(text, static_cast<std::uint32_t>(offset)), .line = shown(line)};
  excerpt.indent = unicode::display_width(shown(line.substr(0, from)));
  excerpt.carets =
      std::max<std::size_t>(1, unicode::display_width(shown(line.substr(from, length))));
  window(excerpt, std::max<std::size_t>(width, 2 * kBefore));
  return excerpt;
}

}  // namespace quarry::cli
