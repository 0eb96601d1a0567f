#include "common/kql/functions/sketch/digest.h"

#include "common/kql/functions/dynamic/json_cell.h"
#include "common/kql/functions/sketch/quantile_keys.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <limits>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kKustosVersion = 7;
constexpr std::int64_t kMaxCount = std::int64_t{1} << 53;

int standing(Type type) { return type == Type::kDatetime ? 3 : type == Type::kTimespan ? 2 : 1; }

/// `key` reads an element as a key; nullopt where one of the arrays holds something else.
template <class Key>
std::optional<std::vector<Quantiles::Bucket>> read_buckets(const DynamicView& keys,
                                                           const DynamicView& counts,
                                                           const Key& key) {
  std::vector<Quantiles::Bucket> buckets;
  ArrayCursor key_cursor(keys), count_cursor(counts);
  DynamicView element, count;
  while (key_cursor.next(element)) {
    if (!count_cursor.next(count)) return std::nullopt;
    const auto read = key(element);
    const auto times = count.as_real();
    if (!read || !times || !(*times >= 0 && *times <= static_cast<double>(kMaxCount)))
      return std::nullopt;
    buckets.push_back({*read, static_cast<std::uint64_t>(*times)});
  }
  return buckets;
}

std::optional<Type> type_named(const DynamicView& name) {
  std::string scratch;
  const auto text = name.as_string(scratch);
  return text ? digest_type(parse_type(*text).value_or(Type::kUnknown)) : std::nullopt;
}

/// Kusto's values do not name their type.
Type type_of_values(const DynamicView& values) {
  const DynamicView first = values.element(0);
  std::string scratch;
  const auto text = first.as_string(scratch);
  if (!text) return first.kind() == DynamicKind::kLong ? Type::kLong : Type::kReal;
  return parse_datetime(*text) ? Type::kDatetime : Type::kTimespan;
}

std::optional<Digest> read_values(Type type, const DynamicView& values, const DynamicView& counts) {
  auto buckets = read_buckets(
      values, counts, [type](const DynamicView& element) { return key_of_json(type, element); });
  if (!buckets) return std::nullopt;
  return Digest{type, Quantiles({.buckets = std::move(*buckets)}, kDigestLimits)};
}

}  // namespace

std::optional<Type> digest_type(Type type) {
  switch (type) {
    case Type::kInt:
    case Type::kLong:
      return Type::kLong;
    case Type::kReal:
    case Type::kDecimal:
    case Type::kDynamic:
      return Type::kReal;
    case Type::kTimespan:
    case Type::kDatetime:
      return type;
    default:
      return std::nullopt;
  }
}

void Digest::save(StateWriter& out) const {
  out.put(type);
  sketch.save(out);
}

Digest Digest::loaded(StateReader& in) {
  const Type type = in.take<Type>();
  return {type, Quantiles::loaded(in)};
}

void Digest::merge(const Digest& other) {
  if (other.sketch.empty() || (!sketch.empty() && standing(other.type) < standing(type))) return;
  if (sketch.empty() || standing(other.type) > standing(type)) {
    *this = other;
    return;
  }
  if (other.type == Type::kReal) type = Type::kReal;
  sketch.merge(other.sketch);
}

std::optional<std::int64_t> key_of_json(Type type, const DynamicView& value) {
  if (type == Type::kLong || type == Type::kReal) {
    if (const auto number = value.as_real()) return key_of_real(*number);
  }
  std::string scratch;
  const auto text = value.as_string(scratch);
  if (!text) return std::nullopt;
  if (type == Type::kReal) {  // Infinity and -Infinity are texts in JSON
    const auto number = read_real(*text);
    return number && !std::isnan(*number) ? std::optional(key_of_real(*number)) : std::nullopt;
  }
  if (type == Type::kDatetime) {
    const auto instant = parse_datetime(*text);
    return instant ? std::optional(instant->ticks) : std::nullopt;
  }
  if (type == Type::kTimespan) {
    const auto span = parse_timespan(*text);
    return span ? std::optional(key_of<Type::kTimespan>(*span)) : std::nullopt;
  }
  return std::nullopt;
}

void append_key(std::string& json, Type type, std::int64_t key) {
  switch (type) {
    case Type::kLong:
      append_json_cell<Type::kLong>(json, cell_of<Type::kLong>(key));
      break;
    case Type::kTimespan:
      append_json_cell<Type::kTimespan>(json, cell_of<Type::kTimespan>(key));
      break;
    case Type::kDatetime:
      append_json_cell<Type::kDatetime>(json, cell_of<Type::kDatetime>(key));
      break;
    default:
      append_json_cell<Type::kReal>(json, cell_of<Type::kReal>(key));
  }
}

void append_digest(std::string& json, const Digest& digest) {
  const Quantiles::Content content = digest.sketch.content();
  json += fmt::format("[[{},\"{}\"", kVersion, name_of(digest.type));
  if (content.shift != 0)
    json += fmt::format(",{},{},{}", content.shift, content.least, content.greatest);
  json += "],[";
  for (const Quantiles::Bucket& bucket : content.buckets) {
    if (json.back() != '[') json += ',';
    if (content.shift == 0)
      append_key(json, digest.type, bucket.key);
    else
      json += fmt::format("{}", bucket.key);
  }
  json += "],[";
  for (const Quantiles::Bucket& bucket : content.buckets)
    json += fmt::format("{}{}", json.back() == '[' ? "" : ",", bucket.count);
  json += "]]";
}

std::optional<Digest> read_digest(const DynamicView& value) {
  if (value.kind() != DynamicKind::kArray || value.size() != 3) return std::nullopt;
  const DynamicView head = value.element(0);
  const DynamicView keys = value.element(1);
  const DynamicView counts = value.element(2);
  if (keys.kind() != DynamicKind::kArray || counts.kind() != DynamicKind::kArray)
    return std::nullopt;
  if (head.size() == 1 && head.element(0).as_long() == kKustosVersion)
    return read_values(type_of_values(keys), keys, counts);
  const auto type = type_named(head.element(1));
  if (head.element(0).as_long() != kVersion || !type) return std::nullopt;
  if (head.size() == 2) return read_values(*type, keys, counts);
  const std::int64_t shift = head.element(2).as_long().value_or(0);
  const auto least = head.element(3).as_long();
  const auto greatest = head.element(4).as_long();
  if (shift < 1 || shift > 63 || !least || !greatest || *least > *greatest) return std::nullopt;
  // A bucket is a key without its lowest bits: a greater number is none, and would never fold into
  // few enough.
  auto buckets = read_buckets(keys, counts, [shift](const DynamicView& element) {
    const auto bucket = element.as_long();
    const bool fits = bucket && *bucket >= std::numeric_limits<std::int64_t>::min() >> shift &&
                      *bucket <= std::numeric_limits<std::int64_t>::max() >> shift;
    return fits ? bucket : std::nullopt;
  });
  if (!buckets) return std::nullopt;
  return Digest{*type, Quantiles({std::move(*buckets), static_cast<int>(shift), *least, *greatest},
                                 kDigestLimits)};
}

}  // namespace quarry::kql::functions
