// Rows in flight: columns of equal length. 1,024 to 4,096 rows as a rule.
#pragma once

#include "common/value/column.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace quarry {

inline constexpr std::size_t kDefaultBatchRows = 2048;

class Batch {
 public:
  Batch() = default;
  Batch(std::vector<Column> columns, std::size_t rows)
      : columns_(std::move(columns)), rows_(rows) {}

  std::size_t rows() const {
    return rows_;
  }  ///< counts also where there is no column (`| count` reads none)
  std::size_t column_count() const { return columns_.size(); }
  const Column& column(std::size_t i) const { return columns_[i]; }
  const std::vector<Column>& columns() const { return columns_; }
  void add(Column column) { columns_.push_back(std::move(column)); }

  /// The rows with these numbers, in this order; nothing is copied (see Column::select). Columns
  /// that shared an index still do.
  Batch selected(const IndexBuffer& rows) const;
  Batch slice(std::size_t first, std::size_t count) const;
  /// Every column owned(): for sinks that outlive the input.
  Batch owned() const;
  std::size_t memory() const;

 private:
  std::vector<Column> columns_;
  std::size_t rows_ = 0;
};

/// One batch with the rows of all, in order; owned memory. The batches have the same column types.
Batch concatenate(std::span<const Batch> batches, std::span<const Type> types);

}  // namespace quarry
