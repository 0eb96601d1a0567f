// estimate_data_size(): bytes of a row's cells. KQL: a long takes 8, a text its UTF-8 bytes; a
// dynamic takes more than its text would: here 8 bytes more.
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kDynamicHead = 8;

template <Type T>
std::int64_t size_of(const Cell<T>& cell) {
  if constexpr (T == Type::kString)
    return static_cast<std::int64_t>(cell.size());
  else if constexpr (T == Type::kDynamic)
    return static_cast<std::int64_t>(cell.json.size()) + kDynamicHead;
  else
    return static_cast<std::int64_t>(sizeof(Cell<T>));
}

Column run(KernelCall& call) {
  std::vector<std::int64_t> sizes(call.rows);
  for (const Column& column : call.args) {
    dispatch(column.type(), [&]<Type T>() {
      const Cells<T> cells(column);
      for (std::size_t i = 0; i < call.rows; ++i)
        sizes[i] += size_of<T>(cells.is_null(i) ? Cell<T>{} : cells[i]);
    });
  }
  ColumnBuilder<Type::kLong> out(call.rows);
  for (const std::int64_t size : sizes) out.append(size);
  return out.finish();
}

Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  ResolvedScalar result{{}, ScalarKernel{Type::kLong, &run}};
  for (const Argument& argument : arguments) result.argument_types.push_back(argument.type);
  return result;
}

constexpr Param kParams[]{{"column", "Columns or values; * for all columns.", false, true}};
constexpr FunctionDef kEstimate{
    .name = "estimate_data_size",
    .summary = "Returns about how many bytes the values of a row take.",
    .params = kParams,
    .example = {R"(print x = 1, Text = "1234567890" | project estimate_data_size(*))", "18"},
    .resolve = &resolve};

constexpr const FunctionDef* kScalars[]{&kEstimate};

}  // namespace

extern constinit const FunctionTable kEstimateDataSizeFunction{"record", kScalars};

}  // namespace quarry::kql::functions
