// Turns raw values (JSON tokens, CSV cells) into the cells of one typed column. A value that does
// not fit becomes what Kusto's conversion gives, mostly null, and is reported to the caller, who
// counts it.
#pragma once

#include "common/json/row_parser.h"
#include "common/value/column.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace quarry::table {

/// Not thread-safe. Text without escapes is referenced, not copied: the caller keeps it alive
/// through finish().
class CellWriter {
 public:
  virtual ~CellWriter() = default;
  /// Empties the writer and makes room.
  virtual void begin(std::size_t rows) = 0;
  /// Appends one cell; false when the value did not fit the type.
  virtual bool put(const json::RawValue& value) = 0;
  /// The column; `owners` keep the text alive that the values pointed at.
  virtual Column finish(const std::vector<KeepAlive>& owners) = 0;
};

std::unique_ptr<CellWriter> make_cell_writer(Type type);

}  // namespace quarry::table
