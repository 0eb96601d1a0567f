// dcount() and count_distinct(). Both see hashes of cells only: 64 bits tell up to many millions of values apart. Nulls are left out.
#include <algorithm>
#include <array>

#include "common/kql/functions/function.h"
#include "common/kql/functions/sketch/hash_set.h"
#include "common/kql/functions/sketch/hyperloglog.h"
#include "common/value/builder.h"
#include "common/value/hash.h"

namespace quarry::kql::functions {
namespace {

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
    if (at(into) == nullptr) std::swap(at(into), at(from));
    else at(into)->merge(*at(from));
  }

  template <class Count>
  static void finish_with(FinishCall& call, const Count& count) {
    ColumnBuilder<Type::kLong> out(call.states.size());
    for (std::byte* state : call.states) out.append(at(state) == nullptr ? 0 : static_cast<std::int64_t>(count(*at(state))));
    call.out.push_back(out.finish());
  }

  static AggregateKernel kernel() {
    AggregateKernel result;
    result.result = Type::kLong;
    result.state_size = sizeof(Sketch*);
    result.init = &init;
    result.merge = &merge;
    result.destroy = &destroy;
    return result;
  }
};

using Estimated = Counter<HyperLogLog>;
using Exact = Counter<HashSet>;

struct Precision final : KernelState {
  int bits = HyperLogLog::kDefaultPrecision;
};

/// dcount()'s accuracy 0 … 4 as the number of register bits.
Result<std::unique_ptr<KernelState>> prepare(const RunContext&, std::span<const Scalar* const> constants) {
  constexpr std::array<int, 5> kBits{12, 14, 16, 17, 18};
  auto state = std::make_unique<Precision>();
  if (constants.size() > 1 && constants[1] != nullptr && !constants[1]->is_null()) {
    const std::int64_t accuracy = constants[1]->get<std::int64_t>();
    if (accuracy < 0 || accuracy > 4) {
      return Failure(Error(ErrorCode::kQuery, "the accuracy of dcount() must be 0, 1, 2, 3 or 4").at(SourceSpan{1, 0}));
    }
    state->bits = kBits[static_cast<std::size_t>(accuracy)];
  }
  return std::unique_ptr<KernelState>(std::move(state));
}

void update_estimated(AggregateCall& call) {
  const int bits = static_cast<const Precision*>(call.state)->bits;
  Estimated::update_with(call, [bits] { return new HyperLogLog(bits); });
}
void finish_estimated(FinishCall& call) {
  Estimated::finish_with(call, [](const HyperLogLog& sketch) { return sketch.count(); });
}

Result<ResolvedAggregate> resolve_estimated(std::span<const Argument> arguments) {
  ResolvedAggregate result;
  result.argument_types.push_back(arguments[0].type);
  if (arguments.size() > 1) result.argument_types.push_back(Type::kLong);
  result.kernel = Estimated::kernel();
  result.kernel.update = &update_estimated;
  result.kernel.finish = &finish_estimated;
  result.kernel.prepare = &prepare;
  return result;
}

void update_exact(AggregateCall& call) {
  Exact::update_with(call, [] { return new HashSet(); });
}
void finish_exact(FinishCall& call) {
  Exact::finish_with(call, [](const HashSet& set) { return set.size(); });
}

Result<ResolvedAggregate> resolve_exact(std::span<const Argument> arguments) {
  ResolvedAggregate result{{arguments[0].type}, Exact::kernel()};
  result.kernel.update = &update_exact;
  result.kernel.finish = &finish_exact;
  return result;
}

constexpr Param kDcountParams[]{{"expr", "The values to tell apart; nulls are left out."},
                                {"accuracy", "0 (fast, 1.6 %) to 4 (0.2 %); 1 (0.8 %) if left out.", true}};
constexpr Param kDistinctParams[]{{"expr", "The values to tell apart; nulls are left out."}};
constexpr AggregateDef kDcount{.name = "dcount",
                               .predicate_form = "dcountif",
                               .summary = "Estimates the number of distinct values; up to 1,024 are counted exactly.",
                               .params = kDcountParams,
                               .example = {"range x from 1 to 9 step 1 | summarize dcount(x % 4)", "4"},
                               .resolve = &resolve_estimated};
constexpr AggregateDef kCountDistinct{.name = "count_distinct",
                                      .predicate_form = "count_distinctif",
                                      .summary = "Counts the distinct values exactly; takes 8 to 21 bytes for each.",
                                      .params = kDistinctParams,
                                      .example = {"range x from 1 to 9 step 1 | summarize count_distinct(x % 4)", "4"},
                                      .resolve = &resolve_exact};

constexpr const AggregateDef* kDefs[]{&kDcount, &kCountDistinct};

}  // namespace

extern constinit const FunctionTable kDcountAggregates{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
