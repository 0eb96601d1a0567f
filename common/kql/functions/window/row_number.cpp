// row_number([start], [restart]): the place of a row among those before it.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/window/window_inl.h"

namespace quarry::kql::functions {
namespace {

struct Counter final : KernelState {
  std::uint64_t rows = 0;  // since the start
};

Column run_row_number(KernelCall& call) {
  auto& counter = *static_cast<Counter*>(call.state);
  const Restart restart(call, 1);
  std::optional<Cells<Type::kLong>> start;
  if (!call.args.empty()) start.emplace(call.args[0]);
  return fill<Type::kLong>(call.rows, nullptr, [&](std::size_t row) {
    if (restart.at(row)) counter.rows = 0;
    const std::int64_t first = !start ? 1 : start->is_null(row) ? 0 : (*start)[row];
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(first) + counter.rows++);
  });
}

constexpr ScalarKernel kKernel = window_kernel<Counter>(Type::kLong, &run_row_number);
constexpr Overload kOverloads[]{
    {.kernel = kKernel},
    {.params = {Type::kLong}, .count = 1, .constant_params = 1, .kernel = kKernel},
    {.params = {Type::kLong, Type::kBool}, .count = 2, .constant_params = 1, .kernel = kKernel}};
constexpr Param kParams[]{
    {.name = "start", .help = "The first number; 1 if not given.", .optional = true},
    kRestartParam};
constexpr FunctionDef kRowNumber{.name = "row_number",
                                 .summary = "Numbers the rows in their order.",
                                 .params = kParams,
                                 .example = {"range x from 5 to 7 step 1 | sort by x desc | extend "
                                             "n = row_number() | where x == 5 | project n",
                                             "3"},
                                 .overloads = kOverloads};
constexpr const FunctionDef* kScalars[]{&kRowNumber};

}  // namespace

extern constinit const FunctionTable kRowNumberFunction{"window", kScalars};

}  // namespace quarry::kql::functions
