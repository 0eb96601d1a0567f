// binary_and, binary_or, binary_xor, binary_not, binary_shift_left, binary_shift_right,
// bitset_count_ones: bits of a long.
#include "common/kql/functions/rowwise_inl.h"

#include <bit>

namespace quarry::kql::functions {
namespace {

using Int = std::int64_t;

Int binary_and(Int a, Int b) { return a & b; }
Int binary_or(Int a, Int b) { return a | b; }
Int binary_xor(Int a, Int b) { return a ^ b; }
Int binary_not(Int a) { return ~a; }
/// The engine takes the shift modulo 64.
Int binary_shift_left(Int value, Int shift) {
  return static_cast<Int>(static_cast<std::uint64_t>(value) << (shift & 63));
}
Int binary_shift_right(Int value, Int shift) { return value >> (shift & 63); }
Int bitset_count_ones(Int value) { return std::popcount(static_cast<std::uint64_t>(value)); }

constexpr Param kTwo[]{{"value1"}, {"value2"}};
constexpr Param kOne[]{{"value", "An integer."}};
constexpr Param kShift[]{{"value", "An integer."}, {"shift", "By how many bits."}};

constexpr FunctionDef kAnd{.name = "binary_and",
                           .summary = "The bits that are set in both values.",
                           .params = kTwo,
                           .example = {"print binary_and(6, 3)", "2"},
                           .overloads = rowwise<binary_and>};
constexpr FunctionDef kOr{.name = "binary_or",
                          .summary = "The bits that are set in one of the values.",
                          .params = kTwo,
                          .example = {"print binary_or(5, 3)", "7"},
                          .overloads = rowwise<binary_or>};
constexpr FunctionDef kXor{.name = "binary_xor",
                           .summary = "The bits that are set in exactly one of the values.",
                           .params = kTwo,
                           .example = {"print binary_xor(5, 3)", "6"},
                           .overloads = rowwise<binary_xor>};
constexpr FunctionDef kNot{.name = "binary_not",
                           .summary = "All bits turned round.",
                           .params = kOne,
                           .example = {"print binary_not(100)", "-101"},
                           .overloads = rowwise<binary_not>};
constexpr FunctionDef kShiftLeft{.name = "binary_shift_left",
                                 .summary = "Bits moved to the left.",
                                 .params = kShift,
                                 .example = {"print binary_shift_left(1, 4)", "16"},
                                 .overloads = rowwise<binary_shift_left>};
constexpr FunctionDef kShiftRight{.name = "binary_shift_right",
                                  .summary = "Bits moved to the right.",
                                  .params = kShift,
                                  .example = {"print binary_shift_right(16, 4)", "1"},
                                  .overloads = rowwise<binary_shift_right>};
constexpr FunctionDef kOnes{.name = "bitset_count_ones",
                            .summary = "How many bits are set.",
                            .params = kOne,
                            .example = {"print bitset_count_ones(42)", "3"},
                            .overloads = rowwise<bitset_count_ones>};

constexpr const FunctionDef* kScalars[]{&kAnd,       &kOr,         &kXor, &kNot,
                                        &kShiftLeft, &kShiftRight, &kOnes};

}  // namespace

extern constinit const FunctionTable kBinary{"bitwise", kScalars};

}  // namespace quarry::kql::functions
