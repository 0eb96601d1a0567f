// The values of tdigest(): a Quantiles sketch and the type of what it has seen, as a dynamic array.
//
//   [[1,"long"],[value,…],[count,…]]                           few distinct values: each with how
//   often it came, in rising order
//   [[1,"long",shift,least,greatest],[bucket,…],[count,…]]     many: buckets, and the two ends, as
//   keys (see quantiles.h)
//
// 1 is the version of this layout; a higher one is refused. Types: "long", "real", "timespan",
// "datetime". Kusto's own values,
// [[7],[centroid,…],[weight,…]], are read as values of which the type is told from the first.
#pragma once

#include "common/kql/functions/sketch/quantiles.h"
#include "common/value/dynamic.h"
#include "common/value/type.h"

#include <optional>
#include <string>

namespace quarry::kql::functions {

/// Smaller than what percentile() keeps: these are printed and stored. Buckets are still within one
/// per cent over ten powers of ten.
inline constexpr QuantileLimits kDigestLimits{.exact = 1024, .buckets = 2048};

struct Digest {
  Type type = Type::kReal;
  Quantiles sketch{kDigestLimits};

  /// In any order: of numbers of different types reals come out; a timespan beats numbers and a
  /// datetime both (KQL forbids the mix).
  void merge(const Digest& other);
  void save(StateWriter& out) const;
  static Digest loaded(StateReader& in);
};

/// The type that values are kept as: long, real, timespan or datetime; nullopt where the type has
/// no percentiles.
std::optional<Type> digest_type(Type type);

void append_digest(std::string& json, const Digest& digest);
std::optional<Digest> read_digest(const DynamicView& value);

/// The key of a JSON value, where it is one of the type.
std::optional<std::int64_t> key_of_json(Type type, const DynamicView& value);
void append_key(std::string& json, Type type, std::int64_t key);

}  // namespace quarry::kql::functions
