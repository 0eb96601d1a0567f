// bin(), also called floor(): values rounded down to a multiple of a size. The most used grouping
// of all, so the loops for a constant size are written out. KQL: also below zero it rounds down
// (bin(-7, 5) is -10); a size that is not positive gives null.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/function.h"

#include <cmath>

namespace quarry::kql::functions {
namespace {

template <class I>
std::optional<I> round_down(I value, I size) {
  if (size <= 0) return std::nullopt;
  I rest = static_cast<I>(value % size);
  if (rest < 0) rest = static_cast<I>(rest + size);
  I result = 0;
  if (__builtin_sub_overflow(value, rest, &result)) return std::nullopt;
  return result;
}
std::optional<std::int32_t> bin(std::int32_t value, std::int32_t size) {
  return round_down(value, size);
}
std::optional<std::int64_t> bin(std::int64_t value, std::int64_t size) {
  return round_down(value, size);
}
std::optional<Datetime> bin(Datetime value, Timespan size) {
  const auto ticks = round_down(value.ticks, size.ticks);
  return ticks ? std::optional(Datetime{*ticks}) : std::nullopt;
}
std::optional<Timespan> bin(Timespan value, Timespan size) {
  const auto ticks = round_down(value.ticks, size.ticks);
  return ticks ? std::optional(Timespan{*ticks}) : std::nullopt;
}
std::optional<double> bin(double value, double size) {
  if (!(size > 0)) return std::nullopt;
  return std::floor(value / size) * size;
}
std::optional<Decimal> bin(const Decimal& value, const Decimal& size) {
  if (compare(size, Decimal{}) <= 0) return std::nullopt;
  const auto rest = apply(DecimalOp::kModulo, value, size);
  return rest ? apply(DecimalOp::kSubtract, value, *rest) : std::nullopt;
}

/// A datetime by a constant size: it is never negative, so nothing can fail.
Column by_constant(const Column& values, std::int64_t size, std::size_t rows) {
  const Cells<Type::kDatetime> cells(values);
  return fill<Type::kDatetime>(rows, null_in_null_out({&values, 1}, rows), [&](std::size_t i) {
    const std::int64_t ticks = cells[i].ticks;
    return Datetime{ticks - ticks % size};
  });
}

template <Type V, Type S>
Column by_column(const KernelCall& call, std::size_t rows) {
  const Cells<V> values(call.args[0]);
  const Cells<S> sizes(call.args[1]);
  ValidityBits bits(rows);
  auto cells = allocate_cells<V>(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    std::optional<Cell<V>> result;
    if (!values.is_null(i) && !sizes.is_null(i)) result = bin(values[i], sizes[i]);
    if (!result) bits.set_null(i);
    cells.get()[i] = result.value_or(Cell<V>{});
  }
  return Column(V, rows, std::shared_ptr<const void>(cells, cells.get()), bits.finish());
}

template <Type V, Type S>
Column run(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) -> Column {
    if constexpr (V == Type::kDatetime) {
      const Cells<S> size(call.args[1]);
      if (call.args[1].form() == Column::Form::kConstant && rows > 0 && !size.is_null(0) &&
          size[0].ticks > 0) {
        return by_constant(call.args[0], size[0].ticks, rows);
      }
    }
    return by_column<V, S>(call, rows);
  });
}

template <Type V, Type S>
constexpr Overload overload() {
  Overload result;
  result.params[0] = V;
  result.params[1] = S;
  result.count = 2;
  result.kernel = ScalarKernel{V, &run<V, S>};
  return result;
}

constexpr Overload kOverloads[]{
    overload<Type::kDatetime, Type::kTimespan>(), overload<Type::kTimespan, Type::kTimespan>(),
    overload<Type::kInt, Type::kInt>(),           overload<Type::kLong, Type::kLong>(),
    overload<Type::kReal, Type::kReal>(),         overload<Type::kDecimal, Type::kDecimal>()};

constexpr std::string_view kAliases[]{"floor"};
constexpr Param kParams[]{{"value", "A number, datetime or timespan."},
                          {"roundTo", "The size of a bin."}};
constexpr FunctionDef kBin{
    .name = "bin",
    .aliases = kAliases,
    .summary = "Rounds values down to a multiple of a size, for grouping.",
    .params = kParams,
    .example = {"print bin(datetime(1970-05-11 13:45:07), 1d)", "1970-05-11T00:00:00.0000000Z"},
    .overloads = kOverloads,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kBin};

}  // namespace

extern constinit const FunctionTable kBinFunction{"datetime", kScalars};

}  // namespace quarry::kql::functions
