// A cell as plain text, for the formats that people and spreadsheets read.
#pragma once

#include <string>

#include "common/value/column.h"

namespace quarry::output {

/// Appends the cell: strings as they are, dynamic as compact JSON, times and numbers as in NDJSON without quotes; nothing for null.
void append_cell_text(std::string& out, const Column& column, std::size_t row);

}  // namespace quarry::output
