#include "common/kql/functions/dynamic/json_path.h"

#include "common/base/text.h"

namespace quarry::kql::functions {
namespace {

bool is_name_character(char c) { return c != '.' && c != '[' && c != ']'; }

/// Reads `[0]`, `['name']` or `["name"]` at `at`, which is moved behind it.
bool read_brackets(std::string_view text, std::size_t& at, JsonPath& path) {
  const std::size_t first = at + 1;
  if (first >= text.size()) return false;
  if (const char quote = text[first]; quote == '\'' || quote == '"') {
    const std::size_t end = text.find(quote, first + 1);
    if (end == std::string_view::npos || end + 1 >= text.size() || text[end + 1] != ']')
      return false;
    path.steps.emplace_back(std::string(text.substr(first + 1, end - first - 1)));
    at = end + 2;
    return true;
  }
  const std::size_t end = text.find(']', first);
  if (end == std::string_view::npos) return false;
  const auto index = text::parse_int64(text.substr(first, end - first));
  if (!index) return false;
  path.steps.emplace_back(*index);
  at = end + 1;
  return true;
}

}  // namespace

std::optional<JsonPath> JsonPath::parse(std::string_view text) {
  if (text.empty() || text.front() != '$') return std::nullopt;
  JsonPath path;
  std::size_t at = 1;
  while (at < text.size()) {
    if (text[at] == '[') {
      if (!read_brackets(text, at, path)) return std::nullopt;
      continue;
    }
    if (text[at] != '.') return std::nullopt;
    const std::size_t begin = ++at;
    while (at < text.size() && is_name_character(text[at])) ++at;
    if (at == begin && !(at < text.size() && text[at] == '[')) return std::nullopt;
    if (at != begin) path.steps.emplace_back(std::string(text.substr(begin, at - begin)));
  }
  return path;
}

Result<JsonPath> JsonPath::prepare(std::string_view text) {
  if (auto path = parse(text)) return std::move(*path);
  return fail(ErrorCode::kQuery, "not a path into JSON: " + std::string(text),
              "a path looks like $.hosts[1].name or $['hosts'][1]['name']");
}

JsonPath JsonPath::of_key(std::string_view key) {
  if (auto path = parse(key); path && !path->steps.empty()) return std::move(*path);
  return JsonPath{{std::string(key)}};
}

DynamicView JsonPath::find(const DynamicView& root) const {
  DynamicView value = root;
  for (const Step& step : steps) {
    value = std::holds_alternative<std::string>(step) ? value.member(std::get<std::string>(step))
                                                      : value.element(std::get<std::int64_t>(step));
  }
  return value;
}

}  // namespace quarry::kql::functions
