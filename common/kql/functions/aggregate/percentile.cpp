// percentile(), percentiles() and their array and weighted forms: the value below or at which so
// many per cent of the values are. Exact up to 4,096 values a group, then to within a fraction of a
// per cent of the value (see sketch/quantiles.h).
#include "common/kql/functions/dynamic/json_cell.h"
#include "common/kql/functions/function.h"
#include "common/kql/functions/sketch/quantile_keys.h"
#include "common/value/builder.h"

namespace quarry::kql::functions {
namespace {

enum class Weight : std::uint8_t { kNone, kColumn };
enum class Shape : std::uint8_t { kColumns, kArray };

struct Percentages final : KernelState {
  std::vector<double> values;
};

Quantiles*& at(std::byte* state) { return *reinterpret_cast<Quantiles**>(state); }
void init(std::byte* state) { new (state) Quantiles*(nullptr); }
void destroy(std::byte* state) { delete at(state); }

void merge(std::byte* into, std::byte* from) {
  if (at(from) == nullptr) return;
  if (at(into) == nullptr)
    std::swap(at(into), at(from));
  else
    at(into)->merge(*at(from));
}

template <Type T, Weight kWeight>
void update(AggregateCall& call) {
  const Cells<T> cells(call.args[0]);
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (cells.is_null(i)) continue;
    if constexpr (T == Type::kReal) {
      if (std::isnan(cells[i])) continue;
    }
    std::uint64_t weight = 1;
    if constexpr (kWeight == Weight::kColumn) {
      const Cells<Type::kLong> weights(call.args[1]);
      if (weights.is_null(i) || weights[i] <= 0) continue;
      weight = static_cast<std::uint64_t>(weights[i]);
    }
    Quantiles*& sketch = at(call.states[i]);
    if (sketch == nullptr) sketch = new Quantiles();
    sketch->add(key_of<T>(cells[i]), weight);
  }
}

template <Type T>
void finish_columns(FinishCall& call) {
  const std::vector<double>& percentages = static_cast<const Percentages*>(call.state)->values;
  std::vector<ColumnBuilder<T>> columns(percentages.size());
  for (std::byte* state : call.states) {
    if (at(state) == nullptr) {
      for (auto& column : columns) column.append_null();
      continue;
    }
    const std::vector<std::int64_t> keys = at(state)->at(percentages);
    for (std::size_t i = 0; i < keys.size(); ++i) columns[i].append(cell_of<T>(keys[i]));
  }
  for (auto& column : columns) call.out.push_back(column.finish());
}

template <Type T>
void finish_array(FinishCall& call) {
  const std::vector<double>& percentages = static_cast<const Percentages*>(call.state)->values;
  ColumnBuilder<Type::kDynamic> out(call.states.size());
  for (std::byte* state : call.states) {
    std::string json(1, '[');
    if (at(state) != nullptr) {
      for (const std::int64_t key : at(state)->at(percentages)) {
        if (json.size() > 1) json += ',';
        append_json_cell<T>(json, cell_of<T>(key));
      }
    }
    out.append_copy(json + "]");
  }
  call.out.push_back(out.finish());
}

/// The percentages begin at argument kFirst; each is a number or an array of numbers.
template <std::size_t kFirst>
Result<std::unique_ptr<KernelState>> prepare(const RunContext&,
                                             std::span<const Scalar* const> constants) {
  auto state = std::make_unique<Percentages>();
  for (std::size_t i = kFirst; i < constants.size(); ++i) {
    const auto refuse = [i] {
      return Failure(Error(ErrorCode::kQuery, "percentages must be constant numbers from 0 to 100")
                         .at(SourceSpan{static_cast<std::uint32_t>(i), 0}));
    };
    if (constants[i] == nullptr || constants[i]->is_null()) return refuse();
    if (constants[i]->type() == Type::kReal) {
      state->values.push_back(constants[i]->get<double>());
    } else {
      DynamicView element;
      for (ArrayCursor cursor{DynamicView(constants[i]->get<DynamicText>().json)};
           cursor.next(element);) {
        const auto value = element.as_real();
        if (!value) return refuse();
        state->values.push_back(*value);
      }
    }
  }
  return std::unique_ptr<KernelState>(std::move(state));
}

/// KQL: percentiles of int are long.
Type worked_in(Type type) {
  if (type == Type::kInt) return Type::kLong;
  return type == Type::kDecimal || type == Type::kDynamic || type == Type::kUnknown ? Type::kReal
                                                                                    : type;
}

template <Type T, Weight kWeight, Shape kShape>
AggregateKernel make_kernel() {
  AggregateKernel kernel;
  kernel.result = kShape == Shape::kArray ? Type::kDynamic : T;
  kernel.state_size = sizeof(Quantiles*);
  kernel.init = &init;
  kernel.update = &update<T, kWeight>;
  kernel.merge = &merge;
  kernel.finish = kShape == Shape::kArray ? &finish_array<T> : &finish_columns<T>;
  kernel.destroy = &destroy;
  kernel.save = &save_pointed<Quantiles>;
  kernel.load = &load_pointed<Quantiles>;
  kernel.prepare = &prepare < kWeight == Weight::kColumn ? 2 : 1 > ;
  return kernel;
}

template <Weight kWeight, Shape kShape>
Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  ResolvedAggregate result;
  const Type type = worked_in(arguments[0].type);
  switch (type) {
    case Type::kLong:
      result.kernel = make_kernel<Type::kLong, kWeight, kShape>();
      break;
    case Type::kReal:
      result.kernel = make_kernel<Type::kReal, kWeight, kShape>();
      break;
    case Type::kDatetime:
      result.kernel = make_kernel<Type::kDatetime, kWeight, kShape>();
      break;
    case Type::kTimespan:
      result.kernel = make_kernel<Type::kTimespan, kWeight, kShape>();
      break;
    default:
      return Failure(
          Error(ErrorCode::kQuery, "percentiles are defined for numbers, datetime and timespan")
              .at(SourceSpan{0, 0}));
  }
  result.argument_types.push_back(type);
  if (kWeight == Weight::kColumn) result.argument_types.push_back(Type::kLong);
  while (result.argument_types.size() < arguments.size()) {
    const Type given = arguments[result.argument_types.size()].type;
    result.argument_types.push_back(
        kShape == Shape::kArray && given == Type::kDynamic ? given : Type::kReal);
  }
  return result;
}

constexpr Param kOneParams[]{{"expr", "Numbers, datetimes or timespans; nulls are left out."},
                             {"percentile", "A constant from 0 to 100."}};
constexpr Param kManyParams[]{{"expr", "Numbers, datetimes or timespans; nulls are left out."},
                              {"percentile", "Constants from 0 to 100.", false, true}};
constexpr Param kWeightedParams[]{{"expr", "Numbers, datetimes or timespans; nulls are left out."},
                                  {"weight", "How many times the value counts."},
                                  {"percentile", "Constants from 0 to 100.", false, true}};
constexpr Param kWeightedOneParams[]{
    {"expr", "Numbers, datetimes or timespans; nulls are left out."},
    {"weight", "How many times the value counts."},
    {"percentile", "A constant from 0 to 100."}};

constexpr AggregateDef kPercentile{
    .name = "percentile",
    .summary = "Returns the value at or below which so many per cent of the values are.",
    .params = kOneParams,
    .example = {"range x from 1 to 100 step 1 | summarize percentile(x, 95)", "95"},
    .resolve = &resolve<Weight::kNone, Shape::kColumns>,
    .shape = AggregateShape::kPercentiles};
constexpr AggregateDef kPercentiles{
    .name = "percentiles",
    .summary = "Returns several percentiles, one column each.",
    .params = kManyParams,
    .example = {"range x from 1 to 100 step 1 | summarize percentiles(x, 5, 50, 95)", "5"},
    .resolve = &resolve<Weight::kNone, Shape::kColumns>,
    .shape = AggregateShape::kPercentiles,
    .column_prefix = "percentile"};
constexpr AggregateDef kPercentilesArray{
    .name = "percentiles_array",
    .summary = "Returns several percentiles in one array.",
    .params = kManyParams,
    .example = {"range x from 1 to 100 step 1 | summarize percentiles_array(x, 5, 95)", "[5,95]"},
    .resolve = &resolve<Weight::kNone, Shape::kArray>,
    .column_prefix = "percentiles"};
constexpr AggregateDef kPercentilew{
    .name = "percentilew",
    .summary = "Returns a percentile of values that count several times.",
    .params = kWeightedOneParams,
    .example = {"range x from 1 to 3 step 1 | summarize percentilew(x, x * x, 50)", "3"},
    .resolve = &resolve<Weight::kColumn, Shape::kColumns>,
    .shape = AggregateShape::kPercentiles,
    .column_prefix = "percentile",
    .values = 2};
constexpr AggregateDef kPercentilesw{
    .name = "percentilesw",
    .summary = "Returns several percentiles of values that count several times, one column each.",
    .params = kWeightedParams,
    .example = {"range x from 1 to 3 step 1 | summarize percentilesw(x, x * x, 10, 50)", "2"},
    .resolve = &resolve<Weight::kColumn, Shape::kColumns>,
    .shape = AggregateShape::kPercentiles,
    .column_prefix = "percentile",
    .values = 2};
constexpr AggregateDef kPercentileswArray{
    .name = "percentilesw_array",
    .summary = "Returns several percentiles of values that count several times in one array.",
    .params = kWeightedParams,
    .example = {"range x from 1 to 3 step 1 | summarize percentilesw_array(x, x * x, 10, 50)",
                "[2,3]"},
    .resolve = &resolve<Weight::kColumn, Shape::kArray>,
    .column_prefix = "percentiles"};

constexpr const AggregateDef* kDefs[]{&kPercentile,  &kPercentiles,  &kPercentilesArray,
                                      &kPercentilew, &kPercentilesw, &kPercentileswArray};

}  // namespace

extern constinit const FunctionTable kPercentileAggregates{.family = "aggregate",
                                                           .aggregates = kDefs};

}  // namespace quarry::kql::functions
