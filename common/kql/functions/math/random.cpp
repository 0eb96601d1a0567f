// rand, new_guid: another value in every row. The sequence begins at the run's seed; each worker
// draws from a sequence of its own.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/function.h"
#include "common/value/hash.h"

#include <atomic>

namespace quarry::kql::functions {
namespace {

struct RandomState final : KernelState {
  std::uint64_t next = 0;
  std::uint64_t draw() {
    next += 0x9E3779B97F4A7C15ULL;  // SplitMix64: Weyl sequence, then a mix of bits
    return mix(next);
  }
};

Result<std::unique_ptr<KernelState>> prepare(const RunContext& run,
                                             std::span<const Scalar* const>) {
  static std::atomic<std::uint64_t> workers{0};
  auto state = std::make_unique<RandomState>();
  state->next = mix(run.random_seed + mix(workers.fetch_add(1) + 1));
  return std::unique_ptr<KernelState>(std::move(state));
}

/// Uniform in [0, 1).
double uniform(RandomState& state) { return static_cast<double>(state.draw() >> 11) * 0x1.0p-53; }

Column run_rand(KernelCall& call) {
  auto& state = *static_cast<RandomState*>(call.state);
  return fill<Type::kReal>(call.rows, nullptr, [&](std::size_t) { return uniform(state); });
}

/// rand(n): a whole number from 0 to n - 1 as a real; as rand() where n is 1 or less.
Column run_rand_below(KernelCall& call) {
  auto& state = *static_cast<RandomState*>(call.state);
  const Cells<Type::kLong> limits(call.args[0]);
  return fill<Type::kReal>(call.rows, null_in_null_out(call.args, call.rows), [&](std::size_t i) {
    const double value = uniform(state);
    return limits[i] > 1 ? static_cast<double>(
                               static_cast<std::int64_t>(value * static_cast<double>(limits[i])))
                         : value;
  });
}

Column run_guid(KernelCall& call) {
  auto& state = *static_cast<RandomState*>(call.state);
  return fill<Type::kGuid>(call.rows, nullptr, [&](std::size_t) {
    Guid guid;
    for (std::size_t half = 0; half < 2; ++half) {
      std::uint64_t bits = state.draw();
      for (std::size_t i = 0; i < 8; ++i, bits >>= 8)
        guid.bytes[half * 8 + i] = static_cast<std::uint8_t>(bits);
    }
    guid.bytes[6] = static_cast<std::uint8_t>((guid.bytes[6] & 0x0F) |
                                              0x40);  // RFC 9562: version 4, variant 10
    guid.bytes[8] = static_cast<std::uint8_t>((guid.bytes[8] & 0x3F) | 0x80);
    return guid;
  });
}

constexpr Overload of(ScalarFn run, Type result) {
  Overload overload;
  overload.kernel = {result, run, &prepare, false};
  return overload;
}
constexpr Overload with_limit() {
  Overload overload = of(&run_rand_below, Type::kReal);
  overload.params = {Type::kLong};
  overload.count = 1;
  return overload;
}
constexpr Overload kRandOverloads[]{of(&run_rand, Type::kReal), with_limit()};
constexpr Overload kGuidOverloads[]{of(&run_guid, Type::kGuid)};

constexpr Param kRandParams[]{
    {.name = "number", .help = "Whole numbers below this one.", .optional = true}};
constexpr FunctionDef kRand{
    .name = "rand",
    .summary = "A random number from 0 to below 1, or a whole one below the argument.",
    .params = kRandParams,
    .example = {"print rand() < 1", "true"},
    .overloads = kRandOverloads};
constexpr FunctionDef kNewGuid{.name = "new_guid",
                               .summary = "A new random GUID.",
                               .example = {"print strlen(tostring(new_guid()))", "36"},
                               .overloads = kGuidOverloads};

constexpr const FunctionDef* kScalars[]{&kRand, &kNewGuid};

}  // namespace

extern constinit const FunctionTable kRandom{"math", kScalars};

}  // namespace quarry::kql::functions
