// hash() and hash_xxhash64(), which are the same in Kusto: XXH64 with seed 0 over the text, or over
// the value's bytes (integers and ticks as eight, low byte first).
#include "common/kql/functions/hash/hash_value.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

/// 0 … divisor - 1.
template <auto kHash, class V>
std::optional<std::int64_t> modulo(V value, std::int64_t divisor) {
  if (divisor <= 0) return std::nullopt;
  const std::int64_t rest = kHash(value) % divisor;
  return rest < 0 ? rest + divisor : rest;
}

constexpr Param kParams[]{{"source", "Any scalar but dynamic."},
                          {"mod", "Brings the result into 0 … mod - 1.", true}};
constexpr std::string_view kAliases[]{"hash_xxhash64"};
constexpr FunctionDef kHash{
    .name = "hash",
    .aliases = kAliases,
    .summary = "Returns a 64-bit hash (xxHash64) that is not fit for secrets.",
    .params = kParams,
    .example = {R"(print hash("World"))", "1846988464401551951"},
    .overloads =
        rowwise<hash_text, hash_long, hash_real, hash_datetime, hash_timespan, hash_bool, hash_guid,
                hash_decimal, modulo<hash_text, std::string_view>, modulo<hash_long, std::int64_t>,
                modulo<hash_real, double>, modulo<hash_datetime, Datetime>,
                modulo<hash_timespan, Timespan>, modulo<hash_bool, bool>, modulo<hash_guid, Guid>,
                modulo<hash_decimal, Decimal>>};

constexpr const FunctionDef* kScalars[]{&kHash};

}  // namespace

extern constinit const FunctionTable kHashFunction{"hash", kScalars};

}  // namespace quarry::kql::functions
