// Records for the formats of rows, cell by cell in the order of the columns.
#pragma once

#include "common/value/batch.h"
#include "common/value/builder.h"
#include "common/value/type.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace quarry::consent_audit {

/// Texts that may be unknown. A null string does not exist, so in JSON they are dynamic values.
inline constexpr Type kTextOrNull = Type::kUnknown;
/// The columns as this format is to show them: kTextOrNull becomes dynamic where null can be
/// written, else string.
Schema for_format(Schema schema, std::string_view format);

/// Supports kString, kDynamic, kBool, kLong, kDatetime.
class RecordBatch {
 public:
  explicit RecordBatch(const Schema& schema);

  RecordBatch& text(std::string_view value);
  RecordBatch& boolean(std::optional<bool> value);
  RecordBatch& number(std::int64_t value);
  RecordBatch& time(std::optional<Datetime> value);
  /// JSON text of the value.
  RecordBatch& json(std::string_view json);
  RecordBatch& texts(const std::vector<std::string>& values);

  /// Rows whose cells are all there.
  std::size_t rows() const { return cells_ / columns_.size(); }
  Batch finish();

 private:
  using Builder = std::variant<ColumnBuilder<Type::kString>, ColumnBuilder<Type::kDynamic>,
                               ColumnBuilder<Type::kBool>, ColumnBuilder<Type::kLong>,
                               ColumnBuilder<Type::kDatetime>>;
  Builder& next() { return columns_[cells_++ % columns_.size()]; }

  std::vector<Builder> columns_;
  std::size_t cells_ = 0;
  std::string scratch_;
};

/// ["a","b"]
std::string json_array(const std::vector<std::string>& values);

}  // namespace quarry::consent_audit
