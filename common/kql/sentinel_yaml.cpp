#include "common/kql/sentinel_yaml.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace quarry::kql {
namespace {

/// A key at the beginning of a line, what follows it on the line, and the lines below that belong
/// to it.
struct Entry {
  std::string_view value;
  std::vector<std::string_view> below;
  std::uint32_t line = 0;  // from 0
};

using Document = std::map<std::string_view, Entry>;

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

Document top_level(std::string_view yaml) {
  Document document;
  Entry* last = nullptr;
  for (std::uint32_t number = 0; !yaml.empty(); ++number) {
    const std::size_t end = yaml.find('\n');
    std::string_view line = yaml.substr(0, end);
    yaml.remove_prefix(end == std::string_view::npos ? yaml.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    const bool key = !line.empty() && (text::is_ascii_alpha(line.front()) || line.front() == '_') &&
                     colon != std::string_view::npos;
    if (key) {
      Entry entry;
      entry.value = text::trim_ascii(line.substr(colon + 1));
      entry.line = number;
      last = &(document[line.substr(0, colon)] = std::move(entry));
    } else if (last != nullptr) {
      last->below.push_back(line);
    }
  }
  return document;
}

/// A plain or quoted scalar of one line.
std::string scalar(std::string_view written) {
  if (written.empty()) return {};
  const char quote = written.front();
  std::string value;
  if (quote != '\'' && quote != '"') {
    const std::size_t comment = written.find(" #");
    return std::string(text::trim_ascii(written.substr(0, comment)));
  }
  for (std::size_t i = 1; i < written.size(); ++i) {
    const char c = written[i];
    const bool doubled =
        quote == '\'' && c == '\'' && i + 1 < written.size() && written[i + 1] == '\'';
    const bool escaped = quote == '"' && c == '\\' && i + 1 < written.size();
    if (c == quote && !doubled) break;
    if (doubled || escaped) ++i;
    value += written[i];
  }
  return value;
}

/// The default of a parameter as KQL writes it: a text that YAML quotes is quoted again.
std::string default_text(const std::string& type, const std::string& value) {
  const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  if (type != "string" || quoted) return value;
  std::string literal = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal + '"';
}

/// `- Name: x`, `Type: table:(*)`, `Default: '*'` below the key, as "x:(*)" and so on.
std::string declared_parameters(const Entry& entry) {
  if (!entry.value.empty()) return scalar(entry.value);
  std::string parameters;
  std::string type;
  for (std::string_view line : entry.below) {
    line = text::trim_ascii(line);
    if (line.starts_with("- ")) line = text::trim_ascii(line.substr(2));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = line.substr(0, colon);
    const std::string value = scalar(text::trim_ascii(line.substr(colon + 1)));
    if (key == "Name") {
      if (!parameters.empty()) parameters += ", ";
      parameters += value;
    } else if (key == "Type") {
      constexpr std::string_view kTable = "table:";
      type = value.starts_with(kTable) ? value.substr(kTable.size()) : value;
      parameters += ':' + type;
    } else if (key == "Default") {
      parameters += '=' + default_text(type, value);
    }
  }
  return parameters;
}

void read_block(const Entry& entry, SentinelFunction& function) {
  const auto first = std::find_if_not(entry.below.begin(), entry.below.end(), is_blank);
  const std::size_t indent = first == entry.below.end() ? 0 : indent_of(*first);
  for (std::string_view line : entry.below) {
    line.remove_prefix(std::min(indent, indent_of(line)));
    function.body += line;
    function.body += '\n';
  }
  function.lines_before = entry.line + 1;
  function.columns_before = static_cast<std::uint32_t>(indent);
}

const Entry* find(const Document& document, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (const auto found = document.find(key); found != document.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace

Result<std::optional<SentinelFunction>> read_sentinel_function(std::string_view yaml,
                                                               const std::string& file) {
  const Document document = top_level(yaml);
  const Entry* const query = find(document, {"ParserQuery", "FunctionQuery"});
  if (query == nullptr) return std::nullopt;
  SentinelFunction function;
  for (const std::string_view key : {"ParserName", "FunctionName", "FunctionAlias",
                                     "EquivalentBuiltInParser", "EquivalentBuiltInFunction"}) {
    const Entry* const entry = find(document, {key});
    std::string name = entry == nullptr ? std::string() : scalar(entry->value);
    if (!name.empty() &&
        std::find(function.names.begin(), function.names.end(), name) == function.names.end())
      function.names.push_back(std::move(name));
  }
  if (function.names.empty())
    return fail(Error(ErrorCode::kQuery, "a function without a name",
                      "add ParserName: … (or FunctionName: …)")
                    .at(fmt::format("{}:1", file)));
  if (!query->value.starts_with('|') && !query->value.starts_with('>')) {
    return fail(Error(ErrorCode::kQuery, "the query is not an indented block",
                      "write ParserQuery: | and the query below it, indented; or keep it in a file "
                      "NAME.kql")
                    .at(fmt::format("{}:{}", file, query->line + 1)));
  }
  if (const Entry* const parameters = find(document, {"ParserParams", "FunctionParams"}))
    function.parameters = declared_parameters(*parameters);
  read_block(*query, function);
  return function;
}

}  // namespace quarry::kql
