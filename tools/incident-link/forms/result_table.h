// Rows of a small result, cell by cell, for cli::show_rows.
#pragma once

#include "common/value/builder.h"
#include "common/value/scalar.h"
#include "common/value/type.h"

#include <memory>
#include <string>
#include <vector>

namespace quarry::incident_link {

class ResultTable {
 public:
  explicit ResultTable(std::vector<ColumnSchema> columns);
  /// One cell a column, of its type or null.
  void add(std::vector<Scalar> cells);
  const Schema& schema() const { return schema_; }
  std::vector<Column> finish();

 private:
  Schema schema_;
  std::vector<std::unique_ptr<AnyBuilder>> builders_;
};

inline Scalar text_cell(std::string text) { return Scalar::of(std::move(text)); }
inline Scalar count_cell(std::size_t count) { return Scalar::of(static_cast<std::int64_t>(count)); }
/// Of an instant's text; null where it is none.
Scalar instant_cell(const std::string& text);

}  // namespace quarry::incident_link
