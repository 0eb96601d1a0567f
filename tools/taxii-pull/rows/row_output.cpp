#include "tools/taxii-pull/rows/row_output.h"

#include "common/base/text.h"
#include "common/json/value_scanner.h"
#include "common/time/format.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"

#include <algorithm>
#include <utility>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kPiece = std::size_t{128} << 10;

void append_cell(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::kAbsent:
      break;
    case Cell::Kind::kText:
      append_json_string(out, cell.text);
      break;
    case Cell::Kind::kNumber:
      text::append_int(out, cell.number);
      break;
    case Cell::Kind::kReal:
      text::append_real(out, cell.real);
      break;
    case Cell::Kind::kBool:
      out += cell.number != 0 ? "true" : "false";
      break;
    case Cell::Kind::kInstant:
      out += '"';
      append_datetime(out, Datetime{cell.number});
      out += '"';
      break;
    case Cell::Kind::kJson:
      append_compact(out, cell.text);
      break;
  }
}

/// Behind the quote that ends the string which begins there; the end where none does.
std::size_t behind_string(std::string_view json, std::size_t begin) {
  for (std::size_t quote = json.find('"', begin + 1); quote != std::string_view::npos;
       quote = json.find('"', quote + 1)) {
    std::size_t slashes = 0;
    while (json[quote - 1 - slashes] == '\\') ++slashes;  // the opening quote stops it
    if (slashes % 2 == 0) return quote + 1;
  }
  return json.size();
}

template <Type T>
Column build(const std::vector<Row>& rows, std::size_t column) {
  ColumnBuilder<T> builder(rows.size());
  for (const Row& row : rows) {
    const Cell& cell = row.cells()[column];
    if (cell.kind == Cell::Kind::kAbsent) {
      builder.append_null();
    } else if constexpr (T == Type::kString || T == Type::kDynamic) {
      builder.append_copy(cell.text);
    } else if constexpr (T == Type::kDatetime) {
      builder.append(Datetime{cell.number});
    } else if constexpr (T == Type::kReal) {
      builder.append(cell.real);
    } else if constexpr (T == Type::kBool || T == Type::kInt || T == Type::kLong) {
      builder.append(static_cast<quarry::Cell<T>>(cell.number));
    } else {
      builder.append_null();
    }
  }
  return builder.finish();
}

}  // namespace

void append_compact(std::string& out, std::string_view json) {
  std::size_t begin = 0;  // of what has not been copied
  for (std::size_t i = 0; i < json.size();) {
    if (json[i] == '"') {
      i = behind_string(json, i);
    } else if (json::is_json_blank(json[i])) {
      out += json.substr(begin, i - begin);
      begin = ++i;
    } else {
      ++i;
    }
  }
  out += json.substr(std::min(begin, json.size()));
}

const std::string& NdjsonRows::keys_of(const RowTable& table) {
  if (table_ == &table) return head_;
  table_ = &table;
  head_ = "{\"_type\":";
  append_json_string(head_, table.name);
  keys_.clear();
  for (const ColumnSchema& column : table.schema.columns) {
    std::string key = ",";
    append_json_string(key, column.name);
    keys_.push_back(std::move(key) + ":");
  }
  return head_;
}

Result<void> NdjsonRows::hand_on() {
  if (buffer_.empty()) return ok();
  Result<void> written = write_(buffer_);
  buffer_.clear();
  return written;
}

Result<void> NdjsonRows::row(const RowTable& table, const Row& row) {
  buffer_ += keys_of(table);
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const Cell& cell = row.cells()[i];
    if (cell.kind == Cell::Kind::kAbsent) continue;
    buffer_ += keys_[i];
    append_cell(buffer_, cell);
  }
  buffer_ += "}\n";
  return buffer_.size() < kPiece ? ok() : hand_on();
}

Result<void> NdjsonRows::object(std::string_view json) {
  append_compact(buffer_, json);
  buffer_ += '\n';
  return buffer_.size() < kPiece ? ok() : hand_on();
}

Result<void> NdjsonRows::finish() { return hand_on(); }

Result<std::unique_ptr<BatchRows>> BatchRows::begin(const RowTable& table, BatchSink& sink) {
  QUARRY_CHECK(sink.begin(table.schema, table.name));
  return std::unique_ptr<BatchRows>(new BatchRows(table, sink));
}

Result<void> BatchRows::row(const RowTable& table, const Row& row) {
  if (&table != &table_) return ok();
  waiting_.push_back(row);
  return waiting_.size() < kDefaultBatchRows ? ok() : flush();
}

Result<void> BatchRows::object(std::string_view) {
  return fail(ErrorCode::kUsage, "STIX objects are lines of NDJSON, no table",
              "--raw goes with --format ndjson");
}

Result<void> BatchRows::flush() {
  if (waiting_.empty()) return ok();
  std::vector<Column> columns;
  for (std::size_t i = 0; i < table_.schema.columns.size(); ++i) {
    columns.push_back(
        dispatch(table_.schema.columns[i].type, [&]<Type T>() { return build<T>(waiting_, i); }));
  }
  const Batch batch(std::move(columns), waiting_.size());
  waiting_.clear();
  return sink_.write(batch);
}

Result<void> BatchRows::finish() {
  QUARRY_CHECK(flush());
  return sink_.end();
}

}  // namespace quarry::taxii_pull
