#include "common/kql/functions/hash/hash_value.h"

#include <xxhash.h>

#include <string>

namespace quarry::kql::functions {

static std::int64_t hash_bytes_of(const void* bytes, std::size_t size) {
  return static_cast<std::int64_t>(XXH64(bytes, size, 0));
}

std::int64_t hash_text(std::string_view text) { return hash_bytes_of(text.data(), text.size()); }
std::int64_t hash_long(std::int64_t value) { return hash_bytes_of(&value, sizeof value); }
std::int64_t hash_real(double value) { return hash_bytes_of(&value, sizeof value); }
std::int64_t hash_datetime(Datetime value) { return hash_long(value.ticks); }
std::int64_t hash_timespan(Timespan value) { return hash_long(value.ticks); }
std::int64_t hash_bool(bool value) {
  const unsigned char byte = value ? 1 : 0;
  return hash_bytes_of(&byte, 1);
}
std::int64_t hash_guid(Guid value) { return hash_bytes_of(value.bytes.data(), value.bytes.size()); }
std::int64_t hash_decimal(Decimal value) {
  std::string text;
  append_decimal(text, value);
  return hash_text(text);
}

}  // namespace quarry::kql::functions
