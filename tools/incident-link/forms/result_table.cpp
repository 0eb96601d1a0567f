#include "tools/incident-link/forms/result_table.h"

#include "common/time/parse.h"

#include <utility>

namespace quarry::incident_link {

ResultTable::ResultTable(std::vector<ColumnSchema> columns) : schema_{std::move(columns)} {
  for (const ColumnSchema& column : schema_.columns) builders_.push_back(make_builder(column.type));
}

void ResultTable::add(std::vector<Scalar> cells) {
  QUARRY_ASSERT(cells.size() == builders_.size(), "a row has a cell for every column");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].is_null()) {
      builders_[i]->append_null();
    } else {
      builders_[i]->append_from(cells[i].as_column(1), 0);
    }
  }
}

std::vector<Column> ResultTable::finish() {
  std::vector<Column> columns;
  for (const auto& builder : builders_) columns.push_back(builder->finish());
  return columns;
}

Scalar instant_cell(const std::string& text) {
  const auto instant = parse_datetime(text);
  return instant ? Scalar::of(*instant) : Scalar::null(Type::kDatetime);
}

}  // namespace quarry::incident_link
