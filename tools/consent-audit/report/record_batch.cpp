#include "tools/consent-audit/report/record_batch.h"

#include "common/base/assert.h"
#include "common/value/dynamic.h"

namespace quarry::consent_audit {

Schema for_format(Schema schema, std::string_view format) {
  const bool json = format == "ndjson" || format == "json";
  for (ColumnSchema& column : schema.columns)
    if (column.type == kTextOrNull) column.type = json ? Type::kDynamic : Type::kString;
  return schema;
}

RecordBatch::RecordBatch(const Schema& schema) {
  for (const ColumnSchema& column : schema.columns) {
    switch (column.type) {
      case Type::kString:
        columns_.emplace_back(ColumnBuilder<Type::kString>());
        break;
      case Type::kBool:
        columns_.emplace_back(ColumnBuilder<Type::kBool>());
        break;
      case Type::kLong:
        columns_.emplace_back(ColumnBuilder<Type::kLong>());
        break;
      case Type::kDatetime:
        columns_.emplace_back(ColumnBuilder<Type::kDatetime>());
        break;
      default:
        QUARRY_ASSERT(column.type == Type::kDynamic, "a type that records have");
        columns_.emplace_back(ColumnBuilder<Type::kDynamic>());
    }
  }
}

RecordBatch& RecordBatch::text(std::string_view value) {
  Builder& column = next();
  if (auto* const texts = std::get_if<ColumnBuilder<Type::kString>>(&column)) {
    texts->append_copy(value);
    return *this;
  }
  auto& cells = std::get<ColumnBuilder<Type::kDynamic>>(column);
  if (value.empty()) {
    cells.append_null();
    return *this;
  }
  scratch_.clear();
  append_json_string(scratch_, value);
  cells.append_copy(scratch_);
  return *this;
}

RecordBatch& RecordBatch::boolean(std::optional<bool> value) {
  auto& column = std::get<ColumnBuilder<Type::kBool>>(next());
  value ? column.append(*value ? 1 : 0) : column.append_null();
  return *this;
}

RecordBatch& RecordBatch::number(std::int64_t value) {
  std::get<ColumnBuilder<Type::kLong>>(next()).append(value);
  return *this;
}

RecordBatch& RecordBatch::time(std::optional<Datetime> value) {
  auto& column = std::get<ColumnBuilder<Type::kDatetime>>(next());
  value ? column.append(*value) : column.append_null();
  return *this;
}

RecordBatch& RecordBatch::json(std::string_view json) {
  std::get<ColumnBuilder<Type::kDynamic>>(next()).append_copy(json);
  return *this;
}

RecordBatch& RecordBatch::texts(const std::vector<std::string>& values) {
  return json(json_array(values));
}

Batch RecordBatch::finish() {
  const std::size_t count = rows();
  QUARRY_ASSERT(count * columns_.size() == cells_, "every record is whole");
  std::vector<Column> columns;
  for (Builder& builder : columns_)
    columns.push_back(std::visit([](auto& column) { return column.finish(); }, builder));
  cells_ = 0;
  return {std::move(columns), count};
}

std::string json_array(const std::vector<std::string>& values) {
  std::string json = "[";
  for (const std::string& value : values) {
    if (json.size() > 1) json += ',';
    append_json_string(json, value);
  }
  json += ']';
  return json;
}

}  // namespace quarry::consent_audit
