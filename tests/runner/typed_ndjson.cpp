#include "tests/runner/typed_ndjson.h"

#include "tests/runner/json_text.h"

#include <fmt/format.h>

#include <sstream>

namespace quarry::test {
namespace {

constexpr std::string_view kSchema = "\"schema\"";

std::optional<TestTable> read_schema(const json::Members& line) {
  const auto columns = json::elements(json::find(line, "columns"));
  if (!columns) return std::nullopt;
  TestTable table;
  for (const std::string_view column : *columns) {
    const std::optional<json::Members> parts = json::members(column);
    if (!parts) return std::nullopt;
    const std::optional<std::string> name = json::decode(json::find(*parts, "name"));
    const std::optional<std::string> type = json::decode(json::find(*parts, "type"));
    if (!name || !type) return std::nullopt;
    table.columns.push_back({*name, *type});
  }
  return table;
}

/// Keys must be the columns, in their order.
std::optional<TestRow> read_row(const json::Members& line, const TestTable& table) {
  if (line.size() != table.columns.size()) return std::nullopt;
  TestRow row;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i].first != table.columns[i].name) return std::nullopt;
    row.push_back(spell_json(line[i].second, table.columns[i].type));
  }
  return row;
}

}  // namespace

void read_typed_ndjson(std::string_view text, Outcome& outcome) {
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    const std::optional<json::Members> members = json::members(line);
    if (!members) {
      outcome.trouble = "not a JSON object: " + line;
      return;
    }
    if (json::find(*members, "_type") == kSchema) {
      std::optional<TestTable> table = read_schema(*members);
      if (!table) {
        outcome.trouble = "not a schema line: " + line;
        return;
      }
      outcome.tables.push_back(std::move(*table));
      continue;
    }
    std::optional<TestRow> row =
        outcome.tables.empty() ? std::nullopt : read_row(*members, outcome.tables.back());
    if (!row) {
      outcome.trouble = "a row that does not follow its schema line: " + line;
      return;
    }
    outcome.tables.back().rows.push_back(std::move(*row));
  }
}

}  // namespace quarry::test
