#include "tests/runner/table.h"

#include "tests/runner/json_text.h"
#include "tests/runner/sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

namespace quarry::test {
namespace {

constexpr std::string_view kNoColumns = "(no columns)";
constexpr double kNear = 1e-9;  // of `~1.5`: relative

void skip_gap(std::string_view line, std::size_t& at) {
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
}

/// A cell ends at a tab, at two blanks or with the line; a JSON literal ends where it is complete.
std::string_view cut_cell(std::string_view line, std::size_t& at, bool is_dynamic) {
  skip_gap(line, at);
  const std::size_t start = at;
  const bool is_literal =
      at < line.size() && (line[at] == '"' || (is_dynamic && (line[at] == '{' || line[at] == '[')));
  if (is_literal) {
    if (const std::optional<std::string_view> value = json::cut_value(line, at)) return *value;
    at = start;
  }
  while (at < line.size() && line[at] != '\t' && line.substr(at, 2) != "  ") ++at;
  std::string_view cell = line.substr(start, at - start);
  while (cell.ends_with(' ')) cell.remove_suffix(1);
  return cell;
}

std::vector<TestColumn> parse_header(std::string_view line, std::size_t number) {
  std::vector<TestColumn> columns;
  if (line == kNoColumns) return columns;
  for (std::size_t at = 0; skip_gap(line, at), at < line.size();) {
    std::string name;
    if (line[at] == '"') {
      const std::optional<std::string_view> raw = json::cut_value(line, at);
      name = raw ? json::decode(*raw).value_or("") : "";
    }
    const std::string_view rest = cut_cell(line, at, false);
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string_view::npos) {
      throw FormatError(number, fmt::format("a column is written name:type, not {}", rest));
    }
    columns.push_back(
        {name + std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 1))});
  }
  return columns;
}

/// An expected cell in its one spelling: "a" and a are the same string, {"a": 1} and {"a":1} the
/// same value.
std::string normal_cell(std::string_view cell, std::string_view type) {
  if (type == "dynamic") return json::compact(cell);
  if (cell.starts_with('"')) {
    if (const std::optional<std::string> text = json::decode(cell)) return spell_string(*text);
  }
  return std::string(cell);
}

TestRow parse_row(std::string_view line, const std::vector<TestColumn>& columns,
                  std::size_t number) {
  TestRow row;
  for (std::size_t at = 0; skip_gap(line, at), at < line.size();) {
    const bool is_known = row.size() < columns.size();
    const std::string_view type = is_known ? std::string_view(columns[row.size()].type) : "";
    row.push_back(normal_cell(cut_cell(line, at, type == "dynamic"), type));
  }
  if (row.size() != columns.size()) {
    throw FormatError(number, fmt::format("{} cells in a row of {} columns: {}", row.size(),
                                          columns.size(), line));
  }
  return row;
}

/// `~1.5` stands for every real that near.
bool cells_match(std::string_view expected, std::string_view actual) {
  if (expected == actual) return true;
  if (!expected.starts_with('~')) return false;
  const double wanted = std::strtod(std::string(expected.substr(1)).c_str(), nullptr);
  char* end = nullptr;
  const std::string text(actual);
  const double got = std::strtod(text.c_str(), &end);
  return *end == '\0' && std::abs(wanted - got) <= kNear * std::max(1.0, std::abs(wanted));
}

std::string header_text(const TestColumn& column) {
  const bool is_plain = column.name.find_first_of(" \t\"") == std::string::npos;
  return (is_plain ? column.name : json::quote(column.name)) + ":" + column.type;
}

std::string sort_key(const TestRow& row) {
  std::string key;
  for (const std::string& cell : row) key += cell.substr(cell.starts_with('~') ? 1 : 0) + "\t";
  return key;
}

void sort_rows(std::vector<TestRow>& rows) {
  std::sort(rows.begin(), rows.end(),
            [](const TestRow& a, const TestRow& b) { return sort_key(a) < sort_key(b); });
}

}  // namespace

TestTable parse_table(std::string_view body, std::size_t line) {
  TestTable table;
  std::istringstream in{std::string(body)};
  std::string text;
  if (!std::getline(in, text)) throw FormatError(line, "output: wants a header of name:type");
  table.columns = parse_header(text, ++line);
  while (std::getline(in, text)) {
    ++line;
    if (!text.empty()) table.rows.push_back(parse_row(text, table.columns, line));
  }
  return table;
}

std::string spell_string(std::string_view value) {
  const bool is_odd =
      value.empty() || value == "null" || value[0] == '"' || value[0] == '~' || value[0] == ' ' ||
      value.back() == ' ' || value.find("  ") != std::string_view::npos ||
      std::any_of(value.begin(), value.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return is_odd ? json::quote(value) : std::string(value);
}

std::string spell_json(std::string_view raw, std::string_view type) {
  if (type == "dynamic") return json::compact(raw);
  if (const std::optional<std::string> text = json::decode(raw)) return spell_string(*text);
  return std::string(raw);
}

std::string print_table(const TestTable& table) {
  std::vector<TestRow> lines(1);
  for (const TestColumn& column : table.columns) lines[0].push_back(header_text(column));
  lines.insert(lines.end(), table.rows.begin(), table.rows.end());
  std::vector<std::size_t> widths(table.columns.size());
  for (const TestRow& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  if (table.columns.empty()) return fmt::format("  {}\n", kNoColumns);
  std::string out;
  for (const TestRow& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i)
      text += fmt::format("  {:{}}", line[i], widths[i]);
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
  return out;
}

std::string difference(const TestTable& expected, const TestTable& actual, RowOrder order) {
  if (expected.columns != actual.columns) return "the columns differ";
  if (expected.rows.size() != actual.rows.size()) {
    return fmt::format("{} rows instead of {}", actual.rows.size(), expected.rows.size());
  }
  std::vector<TestRow> wanted = expected.rows;
  std::vector<TestRow> got = actual.rows;
  if (order == RowOrder::kFree) {
    sort_rows(wanted);
    sort_rows(got);
  }
  for (std::size_t row = 0; row < wanted.size(); ++row) {
    for (std::size_t i = 0; i < wanted[row].size(); ++i) {
      if (cells_match(wanted[row][i], got[row][i])) continue;
      return fmt::format("row {}, column {}: {} instead of {}", row + 1, expected.columns[i].name,
                         got[row][i], wanted[row][i]);
    }
  }
  return "";
}

}  // namespace quarry::test
