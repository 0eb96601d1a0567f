// pivot(pivotColumn, [aggregate], [column, …]): a column for each value of a column, rows grouped
// by the others.
//
// The values have to be known before the first row can be shown, unless the query declares them in
// an output schema. Null and empty values have no column. Columns come in the order of their names.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/grouping.h"
#include "common/kql/operators/plugins/plugin.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace quarry::kql::operators {
namespace {

constexpr std::size_t kMostColumns = 10'000;

/// The pivot column's values, by the names that their columns get.
std::map<std::string, Scalar> values_of(const PluginRows& rows, std::size_t column) {
  std::map<std::string, Scalar> values;
  for (std::size_t row = 0; row < rows.all.rows() && values.size() <= kMostColumns; ++row) {
    Scalar value = rows.at(column, row);
    if (value.is_null()) continue;
    std::string name = text_of(value);
    if (!name.empty()) values.emplace(std::move(name), std::move(value));
  }
  return values;
}

/// A text to compare the pivot column with: what a declared column of that name stands for.
std::map<std::string, Scalar> declared_values(const PluginCall& call,
                                              const std::vector<BoundColumn>& keys) {
  std::map<std::string, Scalar> values;
  for (const syntax::ColumnDeclaration& declared : call.output()->columns) {
    const bool key = std::any_of(keys.begin(), keys.end(), [&](const BoundColumn& column) {
      return column.name == declared.name;
    });
    if (!declared.name.empty() && !key) values.emplace(declared.name, Scalar::of(declared.name));
  }
  return values;
}

class Pivoting {
 public:
  Pivoting(const PluginCall& call, PlanNodePtr input, const BoundColumn& pivot)
      : call_(call), binder_(call.binder()), input_(std::move(input)), pivot_(pivot) {}

  bool read_arguments() {
    scope_ = RowScope::of(*input_);
    if (!bind_aggregate()) return false;
    ColumnSet read;
    for (const CollectedAggregate& aggregate : aggregates_) {
      for (const ExpressionPtr& argument : aggregate.arguments) collect_columns(*argument, read);
    }
    for (const syntax::Expression* written : call_.rest()) {
      if (written->kind != syntax::ExpressionKind::kName) {
        binder_.error(written->span, "pivot wants columns behind the aggregate");
        return false;
      }
      const BoundColumn* const column =
          binder_.column(*input_, static_cast<const syntax::Name&>(*written));
      if (column == nullptr) return false;
      keys_.push_back(*column);
    }
    if (!call_.rest().empty()) return true;
    for (const BoundColumn& column : input_->columns) {
      if (column.id != pivot_.id && !read.contains(column.id)) keys_.push_back(column);
    }
    return true;
  }

  const std::vector<BoundColumn>& keys() const { return keys_; }

  /// One aggregate a value, over the rows that have it.
  PlanNodePtr build(const std::map<std::string, Scalar>& values) {
    auto node = std::make_unique<AggregateNode>();
    node->span = call_.span();
    std::vector<NamedValue> shown;
    for (const BoundColumn& key : keys_) shown.push_back(pass(key));
    add_keys(binder_, *node, shown);
    for (std::size_t i = 0; i < shown.size(); ++i)
      shown[i].value = make_column(node->key_columns[i]);
    ExpressionBinder expressions(binder_, RowScope::none());
    for (const auto& [name, value] : values) {
      ExpressionPtr side = make_column(pivot_, call_.span());
      if (value.type() != pivot_.type) side = convert_to_text(expressions, side);
      const ExpressionPtr is_value =
          expressions.binary("==", side, make_literal(value, call_.span()), call_.span());
      Substitution fresh;
      for (const CollectedAggregate& aggregate : aggregates_) {
        AggregateItem item{aggregate.name, aggregate.kernel, aggregate.arguments, is_value, {}};
        for (const BoundColumn& result : aggregate.results) {
          item.results.push_back(binder_.new_column(result.name, result.type));
          fresh[result.id] = make_column(item.results.back());
        }
        node->items.push_back(std::move(item));
      }
      shown.push_back({name, substitute(value_, fresh), call_.span(), true});
    }
    node->update_columns();
    node->inputs.push_back(std::move(input_));
    return binder_.project(std::move(node), shown);
  }

 private:
  ExpressionPtr convert_to_text(ExpressionBinder& expressions, const ExpressionPtr& value) const {
    return expressions.call("tostring", {value}, call_.span(), call_.span());
  }

  bool bind_aggregate() {
    AggregateCollector collector;
    collector.input = scope_;
    const syntax::Expression* written = call_.argument("aggregate");
    syntax::Call count;
    count.name = "count";
    count.span = count.name_span = call_.span();
    if (written == nullptr) written = &count;
    if (written->kind != syntax::ExpressionKind::kCall) {
      binder_.error(written->span, "pivot wants an aggregate as its second argument",
                    "evaluate pivot(Column, count())");
      return false;
    }
    AggregateCollector* const outer = binder_.collect_aggregates(&collector);
    value_ = binder_.bind(*written, RowScope::none());
    binder_.collect_aggregates(outer);
    if (value_->type == Type::kUnknown) return false;
    if (collector.calls.empty()) {
      binder_.error(written->span, "pivot wants an aggregate as its second argument",
                    "evaluate pivot(Column, count())");
      return false;
    }
    aggregates_ = std::move(collector.calls);
    return true;
  }

  const PluginCall& call_;
  Binder& binder_;
  PlanNodePtr input_;
  BoundColumn pivot_;
  RowScope scope_;
  ExpressionPtr value_;  // over the aggregates' results
  std::vector<CollectedAggregate> aggregates_;
  std::vector<BoundColumn> keys_;
};

PlanNodePtr bind_pivot(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  const BoundColumn* const found = call.column("pivotColumn", *input);
  if (found == nullptr) return nullptr;
  if (found->type == Type::kDynamic) {
    binder.error(call.argument("pivotColumn")->span,
                 "pivot wants a column of plain values, not dynamic",
                 "extend s = tostring(Column) | evaluate pivot(s)");
    return nullptr;
  }
  const std::string name = found->name;
  if (call.output() != nullptr) {
    const BoundColumn pivot = *found;
    Pivoting pivoting(call, std::move(input), pivot);
    if (!pivoting.read_arguments()) return nullptr;
    const auto values = declared_values(call, pivoting.keys());
    return pivoting.build(values);
  }
  auto rows = rows_of(binder, std::move(input), call.span());
  if (!rows) return nullptr;
  const std::size_t at = *rows->schema.find(name);
  const auto values = values_of(*rows, at);
  if (values.size() > kMostColumns) {
    binder.error(call.span(), fmt::format("pivot would give more than {} columns", kMostColumns),
                 "take a column with fewer values, or bin() it");
    return nullptr;
  }
  PlanNodePtr table = table_of(binder, "pivot", rows->schema, std::move(rows->all));
  const BoundColumn pivot = table->columns[at];
  Pivoting pivoting(call, std::move(table), pivot);
  if (!pivoting.read_arguments()) return nullptr;
  PlanNodePtr result = pivoting.build(values);
  if (result != nullptr) result->open = binder.checking();  // the run finds the columns
  return result;
}

constexpr Param kParams[]{
    {.name = "pivotColumn", .help = "The column whose values become columns."},
    {.name = "aggregate", .help = "What each cell holds; count() if not given.", .optional = true},
    {.name = "column",
     .help = "Columns to group by; all others if none is given.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kPivot{
    .name = "pivot",
    .summary = "Turns the values of a column into columns.",
    .params = kParams,
    .example =
        "datatable (k: string, c: string) ['a', 'x', 'a', 'x', 'a', 'y'] | evaluate pivot(c) | "
        "project x",
    .example_result = "2",
    .takes_output_schema = true,
    .bind = bind_pivot,
};

}  // namespace quarry::kql::operators
