// Casts between all scalar types, as tolong(), todatetime() … do them: what does not fit is null.
// The cast functions and every kernel that must bring two types together share this.
#pragma once

#include "common/value/column.h"
#include "common/value/decimal.h"
#include "common/value/dynamic.h"
#include "common/value/guid.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarry::kql::functions {

/// The column's cells as another type.
Column cast_column(const Column& column, Type target);

/// Texts as tobool(), tolong(), toreal() … read them.
std::optional<bool> read_bool(std::string_view text);
std::optional<std::int64_t> read_long(std::string_view text);
std::optional<double> read_real(std::string_view text);
std::optional<Decimal> read_decimal(std::string_view text);

/// Appends what tostring() gives.
void append_text(std::string& out, bool value);
void append_text(std::string& out, std::int32_t value);
void append_text(std::string& out, std::int64_t value);
void append_text(std::string& out, double value);
void append_text(std::string& out, const Decimal& value);
void append_text(std::string& out, std::string_view value);
void append_text(std::string& out, Datetime value);
void append_text(std::string& out, Timespan value);
void append_text(std::string& out, const Guid& value);
void append_text(std::string& out, const DynamicView& value);

/// Appends the cell's text; nothing for null.
void append_cell_text(std::string& out, const Column& column, std::size_t row);

}  // namespace quarry::kql::functions
