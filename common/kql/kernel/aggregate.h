// What an aggregate is to those who run it. Its state is a fixed number of bytes in the row of the
// aggregation table; states that need more hold a pointer and free it in destroy.
#pragma once

#include "common/kql/kernel/scalar.h"
#include "common/kql/kernel/state_bytes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace quarry::kql {

/// Where a row stands in the input: morsel number, then row within the morsel. Decides ties,
/// whatever the number of threads.
using RowOrder = std::uint64_t;
constexpr RowOrder row_order(std::uint64_t morsel, std::uint64_t row) {
  return (morsel << 32) | row;
}

/// One batch for one aggregate: row i belongs to the state at `states[i]`.
struct AggregateCall {
  const RunContext& run;
  KernelState* state;  // from prepare; a worker's own
  std::span<const Column> args;
  std::span<std::byte* const> states;  // one per row
  RowOrder first;                      // order of row 0; row i has first + i
};

/// The results of finished groups.
struct FinishCall {
  const RunContext& run;
  KernelState* state;
  std::span<const Type> argument_types;
  std::span<std::byte* const> states;
  std::vector<Column>&
      out;  // append the result columns: one as a rule, several for arg_max, take_any, percentiles
};

struct AggregateKernel {
  Type result = Type::kUnknown;
  std::size_t state_size = 0;  // bytes, aligned to 8 in the table
  bool needs_order = false;  // rows must come in input order (make_list): the table is then filled
                             // by one worker at a time
  void (*init)(std::byte* state) = nullptr;
  void (*update)(AggregateCall& call) = nullptr;
  /// Adds what `from` holds to `into`; `from` is destroyed afterwards by the caller. Every row of
  /// `from` may stand before or after `into`'s.
  void (*merge)(std::byte* into, std::byte* from) = nullptr;
  /// One row per state, also when there are no states. States stay valid (destroy follows).
  void (*finish)(FinishCall& call) = nullptr;
  void (*destroy)(std::byte* state) = nullptr;  // null: nothing to free
  /// Writes all that a state holds; load() puts it into a state fresh from init(). Both or neither:
  /// then the groups of the aggregate cannot go to disk.
  void (*save)(const std::byte* state, StateWriter& out) = nullptr;
  void (*load)(std::byte* state, StateReader& in) = nullptr;
  PrepareFn prepare = nullptr;  // null: no KernelState
};

}  // namespace quarry::kql
