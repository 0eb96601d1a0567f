#include "common/output/format.h"

#include "common/base/text.h"

#include <algorithm>

namespace quarry::output {
namespace {

constexpr FormatDef kFormats[]{
    {"table", "columns fitted to the terminal; cut cells end in …", ".txt", make_box_table},
    {"ndjson", "one JSON object a line: what the tools pipe to each other", ".ndjson .jsonl",
     make_ndjson},
    {"csv", "RFC 4180, header first", ".csv", make_csv},
    {"tsv", "tab-separated, header first", ".tsv", make_tsv},
    {"json", "one JSON array", ".json", make_json_array},
    {"markdown", "a table for tickets and wikis", ".md", make_markdown},
    {"html", "a page that needs nothing else", ".html .htm", make_html},
    {"list", "one column a line: shows everything of each row", "", make_list},
};

}  // namespace

std::span<const FormatDef> formats() { return kFormats; }

const FormatDef* find_format(std::string_view name) {
  const auto found = std::find_if(std::begin(kFormats), std::end(kFormats),
                                  [&](const FormatDef& format) { return format.name == name; });
  return found == std::end(kFormats) ? nullptr : found;
}

const FormatDef* find_format_of_file(std::string_view path) {
  const std::string ending = text::lower_ascii(ending_of_file(path));
  for (const FormatDef& format : kFormats) {
    for (const std::string_view known : text::split(format.endings, ' ')) {
      if (!known.empty() && known == ending) return &format;
    }
  }
  return nullptr;
}

std::string_view ending_of_file(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view ending = name.substr(dot);
  return std::any_of(ending.begin(), ending.end(), text::is_ascii_alpha) ? ending
                                                                         : std::string_view();
}

std::string known_endings() {
  std::string all;
  for (const FormatDef& format : kFormats) {
    if (format.endings.empty()) continue;
    all += all.empty() ? "" : " ";
    all += format.endings;
  }
  return all;
}

}  // namespace quarry::output
