// The `part` argument of datetime_part(), datetime_diff() and datetime_add().
#pragma once

#include "common/base/result.h"
#include "common/time/calendar.h"

#include <string>
#include <string_view>

namespace quarry::kql::functions {

struct PartName {
  DatetimePart part = DatetimePart::kYear;

  static Result<PartName> prepare(std::string_view text) {
    if (const auto part = parse_datetime_part(text)) return PartName{*part};
    return fail(ErrorCode::kQuery, "unknown part of a datetime: " + std::string(text),
                "one of year quarter month week_of_year week day dayOfYear hour minute second "
                "millisecond microsecond nanosecond");
  }
};

}  // namespace quarry::kql::functions
