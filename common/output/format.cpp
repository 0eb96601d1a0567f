#include "common/output/format.h"

#include <algorithm>

namespace quarry::output {
namespace {

constexpr FormatDef kFormats[]{
    {"table", "columns fitted to the terminal; cut cells end in …", make_box_table},
    {"ndjson", "one JSON object a line: what the tools pipe to each other", make_ndjson},
    {"csv", "RFC 4180, header first", make_csv},
    {"tsv", "tab-separated, header first", make_tsv},
    {"json", "one JSON array", make_json_array},
    {"markdown", "a table for tickets and wikis", make_markdown},
    {"list", "one column a line: shows everything of each row", make_list},
};

}  // namespace

std::span<const FormatDef> formats() { return kFormats; }

const FormatDef* find_format(std::string_view name) {
  const auto found = std::find_if(std::begin(kFormats), std::end(kFormats), [&](const FormatDef& format) { return format.name == name; });
  return found == std::end(kFormats) ? nullptr : found;
}

}  // namespace quarry::output
