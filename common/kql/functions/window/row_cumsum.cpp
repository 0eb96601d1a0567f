// row_cumsum(term, [restart]): the sum of a column's values down to each row. A null adds nothing;
// beyond the range of its type the sum of integers wraps, as + does.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/window/window_inl.h"

namespace quarry::kql::functions {
namespace {

template <Type T>
struct Sum final : KernelState {
  Cell<T> value{};
};

template <class V>
void add(V& sum, V value) {
  if constexpr (std::is_integral_v<V>)
    sum = static_cast<V>(static_cast<std::make_unsigned_t<V>>(sum) +
                         static_cast<std::make_unsigned_t<V>>(value));
  else
    sum += value;
}
void add(Timespan& sum, Timespan value) { add(sum.ticks, value.ticks); }
void add(Decimal& sum, Decimal value) {
  if (const auto total = apply(DecimalOp::kAdd, sum, value)) sum = *total;
}

template <Type T>
Column run_row_cumsum(KernelCall& call) {
  auto& sum = static_cast<Sum<T>*>(call.state)->value;
  const Restart restart(call, 1);
  const Cells<T> terms(call.args[0]);
  return fill<T>(call.rows, nullptr, [&](std::size_t row) {
    if (restart.at(row)) sum = {};
    if (!terms.is_null(row)) add(sum, terms[row]);
    return sum;
  });
}

template <Type T>
constexpr Overload one = {
    .params = {T}, .count = 1, .kernel = window_kernel<Sum<T>>(T, &run_row_cumsum<T>)};
template <Type T>
constexpr Overload two = {
    .params = {T, Type::kBool}, .count = 2, .kernel = window_kernel<Sum<T>>(T, &run_row_cumsum<T>)};

constexpr Overload kOverloads[]{one<Type::kLong>,    two<Type::kLong>,    one<Type::kInt>,
                                two<Type::kInt>,     one<Type::kReal>,    two<Type::kReal>,
                                one<Type::kDecimal>, two<Type::kDecimal>, one<Type::kTimespan>,
                                two<Type::kTimespan>};
constexpr Param kParams[]{{.name = "term", .help = "The numbers or timespans to add up."},
                          kRestartParam};
constexpr FunctionDef kRowCumsum{
    .name = "row_cumsum",
    .summary = "Running total of a column.",
    .params = kParams,
    .example =
        {"range x from 1 to 4 step 1 | serialize s = row_cumsum(x) | where x == 4 | project s",
         "10"},
    .overloads = kOverloads};
constexpr const FunctionDef* kScalars[]{&kRowCumsum};

}  // namespace

extern constinit const FunctionTable kRowCumsumFunction{"window", kScalars};

}  // namespace quarry::kql::functions
