// A cell as plain text, for the formats that people and spreadsheets read.
#pragma once

#include "common/time/zone.h"
#include "common/value/column.h"

#include <optional>
#include <string>

namespace quarry::output {

/// Appends the cell: strings as they are, dynamic as compact JSON, times and numbers as in NDJSON
/// without quotes; nothing for null.
void append_cell_text(std::string& out, const Column& column, std::size_t row);
/// The same for people: instants as clocks of the zone show them, with the offset
/// ("2024-05-01T14:34:56.1234567+02:00").
void append_cell_text(std::string& out, const Column& column, std::size_t row,
                      const std::optional<TimeZone>& zone);

/// An instant for people, in the zone if there is one.
void append_instant(std::string& out, Datetime utc, const std::optional<TimeZone>& zone);

}  // namespace quarry::output
