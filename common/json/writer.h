// Rows -> NDJSON as tools exchange it: one object a line, keys in column order, exact integers,
// seven-digit times.
#pragma once

#include "common/value/batch.h"
#include "common/value/type.h"

#include <cstddef>
#include <string>
#include <vector>

namespace quarry::json {

/// Appends one cell as JSON: null, true, 12, 1.5, "text", nested JSON without blanks. Reals that
/// JSON lacks are strings ("NaN").
void append_cell(std::string& out, const Column& column, std::size_t row);

/// Writes rows of one schema. Keys are escaped once; a type is chosen once a batch. Not
/// thread-safe.
class RowWriter {
 public:
  explicit RowWriter(const Schema& schema);

  /// The rows that follow come from this batch, which must outlive them.
  void begin(const Batch& batch);
  /// Appends the row as an object, without a newline.
  void append_row(std::string& out, std::size_t row) const;
  /// Appends all rows of the batch, each with its newline.
  void append_lines(std::string& out, const Batch& batch);

 private:
  using AppendCell = void (*)(std::string& out, const Column& column, std::size_t row);
  struct Slot {
    std::string key;  // with the comma or brace before it and the colon behind
    AppendCell append = nullptr;
    const Column* column = nullptr;
  };
  std::vector<Slot> slots_;
};

/// {"_type":"schema",…} and a newline, as every reader of ours recognises it.
void append_schema_line(std::string& out, const Schema& schema, const std::string& table);

}  // namespace quarry::json
