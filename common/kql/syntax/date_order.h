// Dates whose day and month could be swapped: 03/06/2026 is the sixth of March to Kusto.
#pragma once

#include "common/time/ticks.h"

#include <string>
#include <string_view>

namespace quarry::kql::syntax {

/// True for 03/06/2026 and its kind, where both numbers could be the month and they differ.
bool has_interchangeable_day(std::string_view date);

/// "13/06/2026" -> "2026-06-13"; empty where the text is no date with the day first.
std::string date_with_day_first(std::string_view date);

/// The date of an instant: "2026-03-06".
std::string iso_date(Datetime instant);

}  // namespace quarry::kql::syntax
