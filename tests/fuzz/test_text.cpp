#include "tests/fuzz/test_text.h"

#include "common/base/unicode.h"
#include "common/table/schema_line.h"
#include "tests/runner/sections.h"

#include <fmt/format.h>

namespace quarry::fuzz {
namespace {

constexpr std::string_view kSchemaFile = "schemas.json";

std::string schema_text(std::span<const InputTable> tables) {
  std::string text;
  for (const InputTable& table : tables) {
    if (!table.declared) continue;
    std::string columns;
    for (const ColumnSchema& column : table.schema.columns) {
      columns += fmt::format("{}{{\"name\":\"{}\",\"type\":\"{}\"}}", columns.empty() ? "" : ",",
                             column.name, name_of(column.type));
    }
    text += fmt::format("{}\"{}\":{{\"columns\":[{}]}}", text.empty() ? "" : ",", table.name(),
                        columns);
  }
  return text.empty() ? "" : fmt::format("{{\"tables\":{{{}}}}}", text);
}

std::string indented(std::string_view text) {
  std::string out = "  ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

void declare(std::vector<InputTable>& tables, std::string_view text) {
  const auto schemas = table::read_schema_file(std::string(text), std::string(kSchemaFile));
  if (!schemas) return;
  for (InputTable& table : tables) {
    for (const table::SchemaLine& line : *schemas) {
      if (line.table != table.name()) continue;
      table.schema = line.schema;
      table.declared = true;
    }
  }
}

}  // namespace

std::string escaped_body(std::string_view bytes) {
  std::string out = "  ";
  for (std::size_t at = 0; at < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte == '\n') {
      out += at + 1 < bytes.size() ? "\n  " : "";
      ++at;
    } else if (byte == '\\') {
      out += "\\\\";
      ++at;
    } else if (byte < 0x20 || byte >= 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
      ++at;
    } else {
      out += bytes[at++];
    }
  }
  if (!bytes.ends_with('\n')) out += '\\';
  return out + '\n';
}

std::string print_case(const std::string& query, std::span<const InputTable> tables) {
  std::string text;
  for (const InputTable& table : tables) {
    text += table.bytes.empty()
                ? fmt::format("input {}:\n", table.file)
                : fmt::format("input {} escaped:\n{}", table.file, escaped_body(table.bytes));
  }
  const std::string schemas = schema_text(tables);
  if (!schemas.empty())
    text += fmt::format("file {}:\n  {}\nargs: --schema {}\n", kSchemaFile, schemas, kSchemaFile);
  return text + fmt::format("query:\n{}\n", indented(query));
}

std::vector<TextCase> read_cases(std::string_view text) {
  std::vector<TextCase> cases;
  bool fresh = false;  // inputs follow a query: a new set
  for (const test::Section& section : test::read_sections(text)) {
    if (section.key == "input" || section.key == "file") {
      if (!fresh) cases.emplace_back();
      fresh = true;
      std::string bytes = section.text;
      if (!section.has_body && !bytes.empty()) bytes += '\n';
      if (section.key == "input") {
        cases.back().tables.push_back({section.name, {}, false, bytes});
      } else {
        declare(cases.back().tables, bytes);
      }
    } else if (section.key == "query") {
      if (cases.empty()) cases.emplace_back();
      fresh = false;
      std::string query = section.text;
      if (query.ends_with('\n')) query.pop_back();
      cases.back().queries.push_back(std::move(query));
    }
  }
  return cases;
}

}  // namespace quarry::fuzz
