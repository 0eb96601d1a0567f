#include "tests/fuzz/grammar/inputs.h"

#include "common/kql/schemas/built_in.h"
#include "tests/fuzz/grammar/expressions.h"
#include "tests/fuzz/grammar/values.h"

#include <fmt/format.h>

namespace quarry::fuzz {
namespace {

// Few names, so that tables share them; each has a type as a rule.
struct UsualColumn {
  std::string_view name;
  Type type;
};
constexpr UsualColumn kColumns[]{
    {"k", Type::kLong},        {"s", Type::kString},    {"t", Type::kDatetime},
    {"r", Type::kReal},        {"b", Type::kBool},      {"d", Type::kDynamic},
    {"i", Type::kInt},         {"g", Type::kGuid},      {"span", Type::kTimespan},
    {"m", Type::kDecimal},     {"name", Type::kString}, {"arr", Type::kDynamic},
    {"odd name", Type::kLong}, {"é", Type::kString},    {"Timestamp", Type::kDatetime},
    {"n", Type::kLong}};

std::uint64_t row_count(Random& random) {
  if (random.percent(10)) return 0;
  if (random.percent(3)) return 1000 + random.below(1500);
  return random.below(random.percent(30) ? 60 : 9);
}

std::string record(Random& random, const Schema& schema) {
  std::string line = "{";
  for (const ColumnSchema& column : schema.columns) {
    if (random.percent(5)) continue;
    if (line.size() > 1) line += ',';
    line += fmt::format("{}:{}", json_string(random, column.name), json_value(random, column.type));
    if (random.percent(1)) line += fmt::format(",\"{}\":1", column.name);  // twice
  }
  if (random.percent(3))
    line += fmt::format("{}\"extra\":{}", line.size() > 1 ? "," : "", json_document(random, 2));
  line += '}';
  if (random.percent(1)) line.resize(random.below(line.size()));  // broken off
  if (random.percent(1))
    line.insert(random.below(line.size() + 1), 1, static_cast<char>(random.below(256)));
  return line;
}

Schema part_of(Random& random, const Schema& whole) {
  Schema part;
  for (const ColumnSchema& column : whole.columns) {
    if (random.below(whole.columns.size()) < 7) part.columns.push_back(column);
  }
  if (part.columns.empty()) part.columns.push_back(whole.columns[0]);
  return part;
}

}  // namespace

Schema random_schema(Random& random) {
  Schema schema;
  const std::uint64_t count = 1 + random.below(7);
  for (std::uint64_t i = 0; i < count; ++i) {
    const UsualColumn& column = random.pick(kColumns);
    const std::string name(column.name);
    if (schema.find(name)) continue;
    schema.columns.push_back({name, random.percent(90) ? column.type : random.pick(kAllTypes)});
  }
  return schema;
}

std::string random_records(Random& random, const Schema& schema) {
  std::string bytes;
  const std::uint64_t rows = row_count(random);
  const bool repeats = rows > 100;  // making thousands of records takes longer than reading them
  std::vector<std::string> lines;
  for (std::uint64_t i = 0; i < rows; ++i) {
    if (repeats && lines.size() >= 40) {
      bytes += random.pick(lines);
    } else {
      lines.push_back(record(random, schema));
      bytes += lines.back();
    }
    bytes += random.percent(2) ? "\r\n" : "\n";
  }
  if (random.percent(5) && !bytes.empty()) bytes.pop_back();
  return bytes;
}

std::vector<InputTable> random_tables(Random& random) {
  constexpr std::string_view kNames[]{"T", "U", "Logs"};
  std::vector<InputTable> tables;
  const std::uint64_t count = 1 + random.below(3);
  for (std::uint64_t i = 0; i < count; ++i) {
    InputTable table;
    if (random.percent(15)) {
      const std::string_view name = random.pick(kql::built_in_names());
      table.file = fmt::format("{}.ndjson", name);
      table.schema = part_of(random, kql::find_built_in(name)->schema());
      table.declared = false;
    } else {
      table.file = fmt::format("{}.ndjson", kNames[i]);
      table.schema = random_schema(random);
      table.declared = random.percent(85);
    }
    table.bytes = random_records(random, table.schema);
    tables.push_back(std::move(table));
  }
  return tables;
}

std::string random_datatable(Random& random) {
  const Schema schema = random_schema(random);
  std::string columns;
  for (const ColumnSchema& column : schema.columns) {
    if (!columns.empty()) columns += ", ";
    columns += fmt::format("{}:{}", written_name(column.name), name_of(column.type));
  }
  std::string cells;
  for (std::uint64_t rows = random.below(8); rows > 0; --rows) {
    for (const ColumnSchema& column : schema.columns) {
      if (!cells.empty()) cells += ", ";
      cells += literal(random, column.type);
    }
  }
  return fmt::format("datatable({})[{}]", columns, cells);
}

}  // namespace quarry::fuzz
