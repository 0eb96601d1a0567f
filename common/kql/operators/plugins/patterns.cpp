#include "common/kql/operators/plugins/patterns.h"

#include "common/value/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace quarry::kql::operators {
namespace {

/// Where the weight and the side of a row stand, behind the attributes.
struct Extras {
  std::optional<std::size_t> weight, side;
};

constexpr double kMostWeight = 1e18;  // of a row: sums stay finite

Weights weight_of_row(const Batch& rows, const Extras& extras, const std::optional<Sides>& sides,
                      std::size_t row) {
  double weight = 1;
  if (extras.weight) {
    const auto given = position_of(Scalar::from(rows.column(*extras.weight), row));
    weight = given ? std::clamp(static_cast<double>(*given), 0.0, kMostWeight) : 0;
  }
  if (!extras.side) return {weight, 0};
  const std::string side = text_of(Scalar::from(rows.column(*extras.side), row));
  if (side == sides->a) return {weight, 0};
  return {0, side == sides->b ? weight : 0};
}

PatternInput compact(std::vector<ColumnSchema> attributes, const Batch& rows, const Extras& extras,
                     const std::optional<Sides>& sides) {
  PatternInput input;
  input.attributes = std::move(attributes);
  input.rows = rows;
  for (std::size_t i = 0; i < input.attributes.size(); ++i)
    input.values.push_back(number_rows({&rows.column(i)}, rows.rows()));
  std::map<Pattern, std::size_t> known;
  Pattern pattern(input.attributes.size());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const Weights weights = weight_of_row(rows, extras, sides, row);
    if (!(weights[0] + weights[1] > 0)) continue;
    for (std::size_t i = 0; i < pattern.size(); ++i) pattern[i] = input.values[i].of_row[row];
    const auto [at, is_new] = known.emplace(pattern, input.distinct.size());
    if (is_new) {
      input.distinct.push_back(pattern);
      input.weights.push_back({});
    }
    for (const std::size_t side : {0, 1}) {
      input.weights[at->second][side] += weights[side];
      input.total[side] += weights[side];
    }
  }
  return input;
}

std::map<Type, Scalar> wildcards_of(const PluginCall& call) {
  std::map<Type, Scalar> wildcards;
  for (const syntax::Expression* written : call.rest()) {
    const ExpressionPtr value = call.binder().bind(*written, RowScope::none());
    if (value->type == Type::kUnknown) continue;
    if (value->kind != Expression::Kind::kLiteral) {
      if (!call.binder().checking())
        call.binder().error(written->span, "a wildcard must be a constant");
      continue;
    }
    const bool standard = value->type == Type::kString && value->literal.get<std::string>() == "~";
    if (!standard) wildcards.insert_or_assign(value->type, value->literal);
  }
  return wildcards;
}

Column attribute_column(const PatternInput& input, std::size_t attribute,
                        const std::vector<PatternRow>& rows,
                        const std::map<Type, Scalar>& wildcards) {
  const Type type = input.attributes[attribute].type;
  const auto wildcard = wildcards.find(type);
  const auto builder = make_builder(type, rows.size());
  const Column any =
      wildcard == wildcards.end() ? Column::all_null(type, 1) : wildcard->second.as_column(1);
  for (const PatternRow& row : rows) {
    const std::uint32_t value = row.pattern[attribute];
    if (value == kAnyValue)
      builder->append_from(any, 0);
    else
      builder->append_from(input.rows.column(attribute), input.values[attribute].first_row[value]);
  }
  return builder->finish();
}

}  // namespace

RowNumbers PatternInput::all() const {
  RowNumbers numbers(distinct.size());
  for (std::uint32_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
  return numbers;
}

RowNumbers PatternInput::having(const RowNumbers& some, std::size_t attribute,
                                std::uint32_t value) const {
  RowNumbers found;
  std::copy_if(some.begin(), some.end(), std::back_inserter(found),
               [&](std::uint32_t row) { return distinct[row][attribute] == value; });
  return found;
}

Weights PatternInput::weight(const RowNumbers& some) const {
  Weights sum{};
  for (const std::uint32_t row : some) {
    sum[0] += weights[row][0];
    sum[1] += weights[row][1];
  }
  return sum;
}

Pattern PatternInput::common(const RowNumbers& some) const {
  if (some.empty()) return Pattern(attributes.size(), kAnyValue);
  Pattern pattern = distinct[some[0]];
  for (const std::uint32_t row : some) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] != distinct[row][i]) pattern[i] = kAnyValue;
    }
  }
  return pattern;
}

bool is_default(const PluginCall& call, std::string_view param) {
  const syntax::Expression* const written = call.argument(param);
  if (written == nullptr) return true;
  if (written->kind != syntax::ExpressionKind::kLiteral) return false;
  const auto& literal = static_cast<const syntax::Literal&>(*written);
  return literal.literal == syntax::LiteralKind::kString && literal.text == "~";
}

std::optional<double> number_or_default(const PluginCall& call, std::string_view param,
                                        double standard, double least, double greatest) {
  if (is_default(call, param)) return standard;
  const auto value = call.constant(param, Type::kReal);
  if (!value) return call.binder().checking() ? std::optional(standard) : std::nullopt;
  const double number = value->is_null() ? standard : value->get<double>();
  if (number >= least && number <= greatest) return number;
  call.binder().error(
      call.argument(param)->span,
      fmt::format("{} must be between {} and {}, not {}", param, least, greatest, number),
      "'~' takes the default");
  return std::nullopt;
}

std::optional<PatternInput> read_patterns(const PluginCall& call, PlanNodePtr input,
                                          std::string_view weight,
                                          const std::optional<Sides>& sides) {
  const BoundColumn* weight_column = nullptr;
  const BoundColumn* side_column = nullptr;
  if (!weight.empty() && !is_default(call, weight)) {
    weight_column = call.column(weight, *input);
    if (weight_column == nullptr) return std::nullopt;
    if (const Type type = weight_column->type; !is_integer(type) && type != Type::kReal) {
      call.binder().error(
          call.argument(weight)->span,
          fmt::format("weights must be of type int, long or real, not {}", name_of(type)));
      return std::nullopt;
    }
  }
  if (sides) {
    side_column = call.column(sides->column, *input);
    if (side_column == nullptr) return std::nullopt;
  }
  std::vector<NamedValue> values;
  std::vector<ColumnSchema> attributes;
  for (const BoundColumn& column : input->columns) {
    if (&column == weight_column || &column == side_column) continue;
    values.push_back({column.name, make_column(column), {}, true});
    attributes.push_back({column.name, column.type});
  }
  Extras extras;
  for (const BoundColumn* column : {weight_column, side_column}) {
    if (column == nullptr) continue;
    (column == weight_column ? extras.weight : extras.side) = values.size();
    values.push_back({column->name, make_column(*column), {}, true});
  }
  const auto rows =
      rows_of(call.binder(), call.binder().project(std::move(input), values), call.span());
  if (!rows) return std::nullopt;
  return compact(std::move(attributes), rows->all, extras, sides);
}

PlanNodePtr table_of_patterns(const PluginCall& call, std::string_view label,
                              const PatternInput& input, const std::vector<ColumnSchema>& metrics,
                              const std::vector<PatternRow>& rows) {
  const std::map<Type, Scalar> wildcards = wildcards_of(call);
  std::vector<ColumnSchema> schema{{"SegmentId", Type::kLong}};
  ColumnBuilder<Type::kLong> ids;
  for (std::size_t i = 0; i < rows.size(); ++i) ids.append(static_cast<std::int64_t>(i));
  std::vector<Column> columns{ids.finish()};
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    ColumnBuilder<Type::kLong> whole;
    ColumnBuilder<Type::kReal> real;
    for (const PatternRow& row : rows) {
      if (metrics[i].type == Type::kLong)
        whole.append(std::get<std::int64_t>(row.metrics[i]));
      else
        real.append(std::get<double>(row.metrics[i]));
    }
    schema.push_back(metrics[i]);
    columns.push_back(metrics[i].type == Type::kLong ? whole.finish() : real.finish());
  }
  for (std::size_t i = 0; i < input.attributes.size(); ++i) {
    schema.push_back(input.attributes[i]);
    columns.push_back(attribute_column(input, i, rows, wildcards));
  }
  return named_table(call.binder(), label, std::move(schema),
                     Batch(std::move(columns), rows.size()));
}

std::int64_t whole(double weight) {
  constexpr double kMost = 9.2e18;
  return weight < kMost ? std::llround(weight) : static_cast<std::int64_t>(kMost);
}

bool is_part_of(const Pattern& narrow, const Pattern& wide) {
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (wide[i] != kAnyValue && wide[i] != narrow[i]) return false;
  }
  return true;
}

}  // namespace quarry::kql::operators
