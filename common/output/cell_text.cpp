#include "common/output/cell_text.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "common/value/decimal.h"
#include "common/value/dynamic.h"
#include "common/value/guid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace quarry::output {
namespace {

void append(std::string& out, std::uint8_t value) { out += value != 0 ? "true" : "false"; }
void append(std::string& out, std::int32_t value) { text::append_int(out, value); }
void append(std::string& out, std::int64_t value) { text::append_int(out, value); }
void append(std::string& out, double value) { text::append_real(out, value); }
void append(std::string& out, const Decimal& value) { append_decimal(out, value); }
void append(std::string& out, const StringCell& value) { out += value.view(); }
void append(std::string& out, Datetime value) { append_datetime(out, value); }
void append(std::string& out, Timespan value) { append_timespan(out, value); }
void append(std::string& out, const Guid& value) { append_guid(out, value); }
void append(std::string& out, const DynamicCell& value) {
  append_compact_json(out, value.json.view());
}

}  // namespace

void append_cell_text(std::string& out, const Column& column, std::size_t row) {
  dispatch(column.type(), [&]<Type T>() {
    const Cells<T> cells(column);
    if (!cells.is_null(row)) append(out, cells[row]);
  });
}

void append_cell_text(std::string& out, const Column& column, std::size_t row,
                      const std::optional<TimeZone>& zone) {
  if (!zone || column.type() != Type::kDatetime || NullCheck(column).is_null(row))
    return append_cell_text(out, column, row);
  append_instant(out, Cells<Type::kDatetime>(column)[row], zone);
}

void append_instant(std::string& out, Datetime utc, const std::optional<TimeZone>& zone) {
  if (!zone) return append_datetime(out, utc);
  const std::int64_t offset = zone->offset_at(utc);
  append_datetime(out,
                  Datetime{std::clamp<std::int64_t>(utc.ticks + offset, 0, Datetime::kMaxTicks)});
  out.pop_back();  // Z
  const std::int64_t minutes = std::abs(offset) / kTicksPerMinute;
  out += fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace quarry::output
