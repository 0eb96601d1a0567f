// The schema line:
// {"_type":"schema","version":1,"table":"T","columns":[{"name":"a","type":"long"},…]}, which
// carries types beside rows.
#pragma once

#include "common/base/result.h"
#include "common/value/type.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarry::table {

struct SchemaLine {
  std::string table;  ///< may be empty
  Schema schema;
  friend bool operator==(const SchemaLine&, const SchemaLine&) = default;
};

/// True where the line begins as a schema line does: `_type` is its first key and says "schema".
bool is_schema_line(std::string_view line);
/// kData where the line is broken or names a type that does not exist.
Result<SchemaLine> read_schema_line(std::string_view line);

/// A --schema file: {"columns":[{"name","type"}…]}, a bare array of such columns, or
/// {"tables":{"T":{"columns":[…]},…}} (the form of schemas.json). A file without table names gives
/// one entry with an empty table.
Result<std::vector<SchemaLine>> read_schema_file(std::string_view text, const std::string& name);

}  // namespace quarry::table
