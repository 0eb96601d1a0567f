// What dcount(), count_distinct() and hll() share: a sketch a group, fed with hashes of cells, and
// the accuracy argument.
#pragma once

#include "common/kql/functions/function.h"
#include "common/kql/functions/sketch/hyperloglog.h"
#include "common/value/builder.h"
#include "common/value/hash.h"

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace quarry::kql::functions {

/// A group's sketch, made by its first value: most groups of a fine-grained summarize are tiny.
template <class Sketch>
struct Counter {
  static Sketch*& at(std::byte* state) { return *reinterpret_cast<Sketch**>(state); }

  static void init(std::byte* state) { new (state) Sketch*(nullptr); }
  static void destroy(std::byte* state) { delete at(state); }

  template <class Make>
  static void update_with(AggregateCall& call, const Make& make) {
    std::vector<std::uint64_t> hashes;
    const Column* const column = &call.args[0];
    hash_rows({&column, 1}, call.states.size(), hashes);
    const NullCheck nulls(*column);
    for (std::size_t i = 0; i < call.states.size(); ++i) {
      if (nulls.is_null(i)) continue;
      Sketch*& sketch = at(call.states[i]);
      if (sketch == nullptr) sketch = make();
      sketch->add(hashes[i]);
    }
  }

  static void merge(std::byte* into, std::byte* from) {
    if (at(from) == nullptr) return;
    if (at(into) == nullptr)
      std::swap(at(into), at(from));
    else
      at(into)->merge(*at(from));
  }

  template <class Count>
  static void finish_with(FinishCall& call, const Count& count) {
    ColumnBuilder<Type::kLong> out(call.states.size());
    for (std::byte* state : call.states)
      out.append(at(state) == nullptr ? 0 : static_cast<std::int64_t>(count(*at(state))));
    call.out.push_back(out.finish());
  }

  static AggregateKernel kernel() {
    AggregateKernel result;
    result.result = Type::kLong;
    result.state_size = sizeof(Sketch*);
    result.init = &init;
    result.merge = &merge;
    result.destroy = &destroy;
    result.save = &save_pointed<Sketch>;
    result.load = &load_pointed<Sketch>;
    return result;
  }
};

/// The accuracy of dcount() and hll(), 0 … 4, as the number of register bits: errors of 1.6, 0.8,
/// 0.4, 0.28 and 0.2 per cent.
struct Precision final : KernelState {
  int bits = HyperLogLog::kDefaultPrecision;
};
inline int precision_of(const KernelState* state) {
  return static_cast<const Precision*>(state)->bits;
}

inline Result<std::unique_ptr<KernelState>> prepare_precision(
    const RunContext&, std::span<const Scalar* const> constants) {
  constexpr std::array<int, 5> kBits{12, 14, 16, 17, 18};
  auto state = std::make_unique<Precision>();
  if (constants.size() > 1 && constants[1] != nullptr && !constants[1]->is_null()) {
    const std::int64_t accuracy = constants[1]->get<std::int64_t>();
    if (accuracy < 0 || accuracy > 4) {
      return Failure(
          Error(ErrorCode::kQuery, "the accuracy must be 0, 1, 2, 3 or 4").at(SourceSpan{1, 0}));
    }
    state->bits = kBits[static_cast<std::size_t>(accuracy)];
  }
  return std::unique_ptr<KernelState>(std::move(state));
}

}  // namespace quarry::kql::functions
