// One raw value -> one cell, type by type: the conversions of an open schema. Each answers whether
// the value fitted.
#pragma once

#include "common/json/row_parser.h"
#include "common/value/type.h"

#include <string>
#include <string_view>

namespace quarry::table {

/// kNull: there is no value here, which is no failure (null, absent, an empty text in a column that
/// is not text).
/// kCut: there is a value, but it lost the digits behind its point.
enum class Parsed : std::uint8_t { kValue, kNull, kCut, kMisfit };

// Text arguments are decoded texts (no escapes); tokens are JSON numbers as written.
Parsed parse_cell(const json::RawValue& value, std::string& scratch, std::uint8_t& into);  // bool
Parsed parse_cell(const json::RawValue& value, std::string& scratch, std::int32_t& into);  // int
Parsed parse_cell(const json::RawValue& value, std::string& scratch, std::int64_t& into);  // long
Parsed parse_cell(const json::RawValue& value, std::string& scratch, double& into);        // real
Parsed parse_cell(const json::RawValue& value, std::string& scratch, Decimal& into);
Parsed parse_cell(const json::RawValue& value, std::string& scratch, Datetime& into);
Parsed parse_cell(const json::RawValue& value, std::string& scratch, Timespan& into);
Parsed parse_cell(const json::RawValue& value, std::string& scratch, Guid& into);

/// What a text that stands in a dynamic column means: the JSON it holds (an object or an array),
/// nothing (empty), or itself.
enum class TextInDynamic : std::uint8_t { kJson, kNothing, kText };
TextInDynamic classify_dynamic_text(std::string_view text);

}  // namespace quarry::table
