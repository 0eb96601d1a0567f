// binary_all_and(), binary_all_or(), binary_all_xor(): the bits of all values of a group combined.
// Null where there is no value.
#include "common/kql/functions/aggregate_inl.h"

namespace quarry::kql::functions {
namespace {

enum class Bits : std::uint8_t { kAnd, kOr, kXor };

template <Bits kBits>
struct Combined {
  std::int64_t value = 0;
  bool any = false;
  void add(std::int64_t bits) {
    if (!any)
      value = bits;
    else if constexpr (kBits == Bits::kAnd)
      value &= bits;
    else if constexpr (kBits == Bits::kOr)
      value |= bits;
    else
      value ^= bits;
    any = true;
  }
  void merge(const Combined& later) {
    if (later.any) add(later.value);
  }
  std::optional<std::int64_t> result() const { return any ? std::optional(value) : std::nullopt; }
};

constexpr Param kParams[]{{"expr", "The integers; nulls are left out."}};
constexpr AggregateDef kAnd{
    .name = "binary_all_and",
    .summary = "Returns the bits that are set in every value of a group.",
    .params = kParams,
    .example = {"range x from 5 to 7 step 1 | summarize binary_all_and(x)", "4"},
    .overloads = aggregates<Combined<Bits::kAnd>>,
    .naming = ResultNaming::kFirstArgument};
constexpr AggregateDef kOr{
    .name = "binary_all_or",
    .summary = "Returns the bits that are set in some value of a group.",
    .params = kParams,
    .example = {"range x from 1 to 4 step 1 | summarize binary_all_or(x)", "7"},
    .overloads = aggregates<Combined<Bits::kOr>>,
    .naming = ResultNaming::kFirstArgument};
constexpr AggregateDef kXor{
    .name = "binary_all_xor",
    .summary = "Returns the bits that are set in an odd number of the values of a group.",
    .params = kParams,
    .example = {"range x from 1 to 4 step 1 | summarize binary_all_xor(x)", "4"},
    .overloads = aggregates<Combined<Bits::kXor>>,
    .naming = ResultNaming::kFirstArgument};

constexpr const AggregateDef* kDefs[]{&kAnd, &kOr, &kXor};

}  // namespace

extern constinit const FunctionTable kBinaryAllAggregates{.family = "aggregate",
                                                          .aggregates = kDefs};

}  // namespace quarry::kql::functions
