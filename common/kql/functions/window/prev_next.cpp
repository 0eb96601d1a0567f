// prev(column, [offset], [default]) and next(…): the value of a row so many rows earlier or later;
// the default, or null, beyond the first and last row.
#include "common/kql/functions/window/window_inl.h"
#include "common/value/builder.h"

#include <deque>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kFarthest = 1'000'000;  // rows that are kept in memory

struct Earlier final : KernelState {
  std::size_t offset = 1;
  std::deque<Scalar> values;  // of the rows before this batch, `offset` at most
};

Result<std::size_t> offset_of(const Scalar& value) {
  const std::int64_t offset = value.is_null() ? -1 : value.get<std::int64_t>();
  if (offset >= 0 && offset <= kFarthest) return static_cast<std::size_t>(offset);
  return Failure(
      Error(ErrorCode::kQuery, "the offset must be between 0 and 1,000,000").at(SourceSpan{1, 0}));
}

Result<std::unique_ptr<KernelState>> prepare_prev(const RunContext&,
                                                  std::span<const Scalar* const> constants) {
  auto state = std::make_unique<Earlier>();
  if (constants.size() > 1 && constants[1] != nullptr) {
    QUARRY_TRY(state->offset, offset_of(*constants[1]));
  }
  return std::unique_ptr<KernelState>(std::move(state));
}

Result<std::unique_ptr<KernelState>> check_next(const RunContext&,
                                                std::span<const Scalar* const> constants) {
  if (constants.size() > 1 && constants[1] != nullptr) QUARRY_CHECK(offset_of(*constants[1]));
  return std::make_unique<KernelState>();
}

Column run_prev(KernelCall& call) {
  auto& before = *static_cast<Earlier*>(call.state);
  const Column& values = call.args[0];
  const Column fallback =
      call.args.size() > 2 ? call.args[2] : Column::all_null(values.type(), call.rows);
  const auto builder = make_builder(values.type(), call.rows);
  builder->keep(values.keep());
  builder->keep(fallback.keep());
  const std::size_t known = before.values.size();
  for (std::size_t row = 0; row < call.rows; ++row) {
    if (row >= before.offset)
      builder->append_from_view(values, row - before.offset);
    else if (known + row >= before.offset)
      builder->append_from(before.values[known + row - before.offset].as_column(1), 0);
    else
      builder->append_from_view(fallback, row);
  }
  const std::size_t kept = std::min(before.offset, call.rows);
  for (std::size_t row = call.rows - kept; row < call.rows; ++row)
    before.values.push_back(Scalar::from(values, row));
  while (before.values.size() > before.offset) before.values.pop_front();
  return builder->finish();
}

Result<ResolvedScalar> resolve(std::span<const Argument> arguments, const ScalarKernel& kernel) {
  if (arguments.size() > 1 && arguments[1].constant == nullptr) {
    return Failure(Error(ErrorCode::kQuery, "the offset must be a constant").at(SourceSpan{1, 0}));
  }
  ResolvedScalar resolved{.argument_types = {arguments[0].type}, .kernel = kernel};
  if (arguments.size() > 1) resolved.argument_types.push_back(Type::kLong);
  if (arguments.size() > 2) resolved.argument_types.push_back(arguments[0].type);
  resolved.kernel.result = arguments[0].type;
  return resolved;
}
Result<ResolvedScalar> resolve_prev(std::span<const Argument> arguments) {
  return resolve(arguments, {.run = &run_prev,
                             .prepare = &prepare_prev,
                             .constant_foldable = false,
                             .reads = Reads::kRowsBefore});
}
Result<ResolvedScalar> resolve_next(std::span<const Argument> arguments) {
  return resolve(arguments,
                 {.prepare = &check_next, .constant_foldable = false, .reads = Reads::kRowsAfter});
}

constexpr Param kParams[]{
    {.name = "column", .help = "What to look at."},
    {.name = "offset", .help = "How many rows away; 1 if not given.", .optional = true},
    {.name = "default",
     .help = "The value where there is no such row; null if not given.",
     .optional = true}};
constexpr FunctionDef kPrev{
    .name = "prev",
    .summary = "The value that an earlier row has.",
    .params = kParams,
    .example =
        {"datatable (x: long) [3, 5, 9] | serialize d = x - prev(x) | where x == 9 | project d",
         "4"},
    .resolve = &resolve_prev};
constexpr FunctionDef kNext{
    .name = "next",
    .summary = "The value that a later row has.",
    .params = kParams,
    .example =
        {"datatable (x: long) [3, 5, 9] | serialize d = next(x) - x | where x == 3 | project d",
         "2"},
    .resolve = &resolve_next};
constexpr const FunctionDef* kScalars[]{&kPrev, &kNext};

}  // namespace

extern constinit const FunctionTable kPrevNextFunctions{"window", kScalars};

}  // namespace quarry::kql::functions
