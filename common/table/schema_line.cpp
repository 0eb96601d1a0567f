#include "common/table/schema_line.h"

#include "common/json/document.h"
#include "common/json/value_scanner.h"

#include <fmt/format.h>

#include <set>

namespace quarry::table {
namespace {

Result<Schema> read_columns(const json::Node& columns, const std::string& name) {
  if (!columns.is_array())
    return fail(
        Error(ErrorCode::kData, "a schema needs \"columns\": an array of {\"name\", \"type\"}")
            .at(name));
  Schema schema;
  std::set<std::string, std::less<>> seen;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto column = columns[i].find("name").as_string();
    const auto type = columns[i].find("type").as_string();
    if (!column || !type)
      return fail(Error(ErrorCode::kData,
                        fmt::format("column {} of a schema lacks its name or type", i + 1))
                      .at(name));
    const auto parsed = parse_type(*type);
    if (!parsed)
      return fail(Error(ErrorCode::kData,
                        fmt::format("column '{}' has the unknown type '{}'", *column, *type))
                      .at(name));
    if (!seen.emplace(*column).second)
      return fail(
          Error(ErrorCode::kData, fmt::format("column '{}' occurs twice in a schema", *column))
              .at(name));
    schema.columns.push_back({std::string(*column), *parsed});
  }
  return schema;
}

Result<SchemaLine> read_one(const json::Node& node, std::string table, const std::string& name) {
  QUARRY_TRY(Schema schema, read_columns(node.is_array() ? node : node.find("columns"), name));
  if (const auto own = node.find("table").as_string(); own && table.empty()) table = *own;
  return SchemaLine{std::move(table), std::move(schema)};
}

}  // namespace

bool is_schema_line(std::string_view line) {
  // Cheap on rows: most differ at the second byte.
  const auto take = [&](std::string_view token) {
    while (!line.empty() && json::is_json_blank(line.front())) line.remove_prefix(1);
    if (!line.starts_with(token)) return false;
    line.remove_prefix(token.size());
    return true;
  };
  return take("{") && take("\"_type\"") && take(":") && take("\"schema\"");
}

Result<SchemaLine> read_schema_line(std::string_view line) {
  QUARRY_TRY(const json::Document document, json::Document::parse(line, "schema line"));
  return read_one(document.root(), {}, "schema line");
}

Result<std::vector<SchemaLine>> read_schema_file(std::string_view text, const std::string& name) {
  QUARRY_TRY(const json::Document document, json::Document::parse(text, name));
  std::vector<SchemaLine> tables;
  const json::Node by_name = document.root().find("tables");
  if (!by_name.is_object()) {
    QUARRY_TRY(SchemaLine only, read_one(document.root(), {}, name));
    tables.push_back(std::move(only));
    return tables;
  }
  for (std::size_t i = 0; i < by_name.size(); ++i) {
    QUARRY_TRY(SchemaLine table, read_one(by_name[i], std::string(by_name.key(i)), name));
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace quarry::table
