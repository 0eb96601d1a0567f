// Tells a format by its first bytes.
#include "common/base/text.h"
#include "common/table/open_table.h"
#include "common/value/dynamic.h"

#include <algorithm>
#include <array>

namespace quarry::table {
namespace {

constexpr std::size_t kLinesLookedAt = 5;

struct NamedFormat {
  std::string_view name;
  Format format;
};
constexpr std::array<NamedFormat, 6> kFormats{{{"auto", Format::kAuto},
                                               {"ndjson", Format::kNdjson},
                                               {"jsonl", Format::kNdjson},
                                               {"json", Format::kJson},
                                               {"csv", Format::kCsv},
                                               {"tsv", Format::kTsv}}};

std::string_view take_line(std::string_view& text) {
  const std::size_t newline = std::min(text.find('\n'), text.size());
  const std::string_view line = text::trim_ascii(text.substr(0, newline));
  text.remove_prefix(std::min(newline + 1, text.size()));
  return line;
}

/// Members that lists of services stand in.
constexpr std::array<std::string_view, 6> kListKeys{"value",   "objects", "Results",
                                                    "results", "Rows",    "rows"};

// {"value":[{…},…]} on one line: a service's answer, not a row.
bool is_wrapped_list(std::string_view object) {
  BagCursor members{DynamicView(object)};
  std::string_view key;
  DynamicView value;
  while (members.next(key, value)) {
    const bool list = std::ranges::find(kListKeys, key) != kListKeys.end();
    if (list && value.kind() == DynamicKind::kArray && value.element(0).kind() == DynamicKind::kBag)
      return true;
  }
  return false;
}

// The same where only the beginning is there. A row may hold lists of objects, too, so the member's
// name decides: else a first row that is longer than what was peeked would hide all others.
bool begins_wrapped_list(std::string_view head) {
  constexpr std::size_t kLookedAt = 1024;
  const std::size_t list = head.find("[{");
  if (list == std::string_view::npos || list >= kLookedAt) return false;
  std::string_view before = text::trim_ascii(head.substr(0, list));
  if (!before.ends_with(':')) return false;
  before = text::trim_ascii(before.substr(0, before.size() - 1));
  return std::ranges::any_of(kListKeys, [before](std::string_view key) {
    return before.size() > key.size() + 1 && before.ends_with('"') &&
           before.substr(0, before.size() - 1).ends_with(key) &&
           before[before.size() - key.size() - 2] == '"';
  });
}

// The text begins with '{': a row a line, or one document over many lines.
Format format_of_objects(std::string_view head) {
  std::string_view rest = head;
  const std::string_view first = take_line(rest);
  const bool cut_off = rest.empty() && !head.ends_with('\n');
  if (cut_off && !is_valid_json(first))
    return begins_wrapped_list(first) ? Format::kJson : Format::kNdjson;
  const bool alone = text::trim_ascii(rest).empty();
  if (alone && is_wrapped_list(first)) return Format::kJson;
  if (first.ends_with('}')) return Format::kNdjson;
  // Either a broken first row or the first line of a document: rows end with their bracket on their
  // own line.
  for (std::size_t i = 0; i < kLinesLookedAt && !rest.empty(); ++i) {
    const std::string_view line = take_line(rest);
    if (line.starts_with('{') && line.ends_with('}') && is_valid_json(line)) return Format::kNdjson;
  }
  return Format::kJson;
}

Format format_of_lines(std::string_view head) {
  std::string_view rest = head;
  const std::string_view first = take_line(rest);
  for (std::size_t i = 0; i < kLinesLookedAt && !rest.empty(); ++i) {
    const std::string_view line = take_line(rest);
    if (line.starts_with('{') && line.ends_with('}')) return Format::kNdjson;
  }
  const auto tabs = std::ranges::count(first, '\t');
  return tabs > 0 && tabs >= std::ranges::count(first, ',') ? Format::kTsv : Format::kCsv;
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &NamedFormat::name);
  if (found == kFormats.end()) return std::nullopt;
  return found->format;
}

std::string_view name_of(Format format) {
  return std::ranges::find(kFormats, format, &NamedFormat::format)->name;
}

Format detect_format(std::string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return Format::kNdjson;
  const std::string_view text = head.substr(start);
  if (text.front() == '{') return format_of_objects(text);
  if (text.front() == '[') return Format::kJson;
  return format_of_lines(text);
}

}  // namespace quarry::table
