#include "common/json/writer.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <cmath>

namespace quarry::json {
namespace {

void append_text(std::string& out, std::string_view text) { append_json_string(out, text); }

void append_value(std::string& out, std::uint8_t value) { out += value != 0 ? "true" : "false"; }
void append_value(std::string& out, std::int32_t value) { text::append_int(out, value); }
void append_value(std::string& out, std::int64_t value) { text::append_int(out, value); }
void append_value(std::string& out, double value) {
  if (std::isfinite(value)) return text::append_real(out, value);
  out += '"';
  text::append_real(out, value);
  out += '"';
}
void append_value(std::string& out, const Decimal& value) {
  out += '"';
  append_decimal(out, value);
  out += '"';
}
void append_value(std::string& out, const StringCell& value) { append_text(out, value.view()); }
void append_value(std::string& out, Datetime value) {
  out += '"';
  append_datetime(out, value);
  out += '"';
}
void append_value(std::string& out, Timespan value) {
  out += '"';
  append_timespan(out, value);
  out += '"';
}
void append_value(std::string& out, const Guid& value) {
  out += '"';
  append_guid(out, value);
  out += '"';
}
void append_value(std::string& out, const DynamicCell& value) {
  append_compact_json(out, value.json.view());
}

template <Type T>
void append_typed(std::string& out, const Column& column, std::size_t row) {
  const Cells<T> cells(column);
  if (cells.is_null(row)) {
    out += "null";
  } else {
    append_value(out, cells[row]);
  }
}

}  // namespace

void append_cell(std::string& out, const Column& column, std::size_t row) {
  dispatch(column.type(), [&]<Type T>() { append_typed<T>(out, column, row); });
}

RowWriter::RowWriter(const Schema& schema) {
  for (const ColumnSchema& column : schema.columns) {
    Slot slot;
    slot.key = slots_.empty() ? '{' : ',';
    append_text(slot.key, column.name);
    slot.key += ':';
    slots_.push_back(std::move(slot));
  }
}

void RowWriter::begin(const Batch& batch) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    slots_[i].column = &batch.column(i);
    slots_[i].append =
        dispatch(batch.column(i).type(), []<Type T>() -> AppendCell { return append_typed<T>; });
  }
}

void RowWriter::append_row(std::string& out, std::size_t row) const {
  if (slots_.empty()) out += '{';
  for (const Slot& slot : slots_) {
    out += slot.key;
    slot.append(out, *slot.column, row);
  }
  out += '}';
}

void RowWriter::append_lines(std::string& out, const Batch& batch) {
  begin(batch);
  for (std::size_t row = 0; row < batch.rows(); ++row) {
    append_row(out, row);
    out += '\n';
  }
}

void append_schema_line(std::string& out, const Schema& schema, const std::string& table) {
  out += R"({"_type":"schema","version":1,"table":)";
  append_text(out, table);
  out += ",\"columns\":[";
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (i > 0) out += ',';
    out += "{\"name\":";
    append_text(out, schema.columns[i].name);
    fmt::format_to(std::back_inserter(out), ",\"type\":\"{}\"}}", name_of(schema.columns[i].type));
  }
  out += "]}\n";
}

}  // namespace quarry::json
