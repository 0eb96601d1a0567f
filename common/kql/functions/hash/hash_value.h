// What hash() gives for one value: XXH64 with seed 0 over the text, or over the value's bytes
// (integers and ticks as eight, low byte first). hash_many() combines these.
#pragma once

#include "common/time/ticks.h"
#include "common/value/decimal.h"
#include "common/value/guid.h"

#include <cstdint>
#include <string_view>

namespace quarry::kql::functions {

std::int64_t hash_text(std::string_view text);
std::int64_t hash_long(std::int64_t value);
std::int64_t hash_real(double value);
std::int64_t hash_datetime(Datetime value);
std::int64_t hash_timespan(Timespan value);
std::int64_t hash_bool(bool value);
std::int64_t hash_guid(Guid value);
std::int64_t hash_decimal(Decimal value);

}  // namespace quarry::kql::functions
