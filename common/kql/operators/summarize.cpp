// summarize.cpp — KQL: summarize Name = Aggregate, … by Key, …
//
// Aggregate calls may stand inside scalar expressions: round(avg(x), 2). The calls are collected
// and computed by an AggregateNode; a projection above it computes the expressions and puts the
// columns in order: keys first.
#include "common/kql/operators/aggregate_items.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/grouping.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct SummarizeSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> aggregates;
  std::vector<syntax::Expression*> keys;
};

syntax::OperatorNode* parse_summarize(syntax::Parser& parser) {
  auto* const node = parser.make<SummarizeSyntax>();
  parse_named_parameters(parser, {});
  if (!parser.at_keyword("by") && !parser.at_operator_end())
    node->aggregates = parser.parse_named_list();
  if (parser.accept_keyword("by")) node->keys = parser.parse_named_list();
  return node;
}

/// arg_max(x, *) and the like: what the input may hold beside the columns that it lists is kept.
bool keeps_all_columns(const std::vector<syntax::Expression*>& aggregates) {
  return std::any_of(aggregates.begin(), aggregates.end(), [](const syntax::Expression* item) {
    if (item->kind == syntax::ExpressionKind::kNamed)
      item = static_cast<const syntax::Named*>(item)->value;
    if (item->kind != syntax::ExpressionKind::kCall) return false;
    const auto& arguments = static_cast<const syntax::Call*>(item)->arguments;
    return std::any_of(arguments.begin(), arguments.end(), [](const syntax::Expression* argument) {
      return argument->kind == syntax::ExpressionKind::kStar;
    });
  });
}

PlanNodePtr bind_summarize(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& summarize = static_cast<const SummarizeSyntax&>(node);
  if (summarize.aggregates.empty() && summarize.keys.empty()) {
    binder.error(node.keyword, "summarize needs an aggregate or a by list",
                 "summarize count() by Column");
    return nullptr;
  }
  auto aggregate = std::make_unique<AggregateNode>();
  aggregate->span = node.span;
  std::vector<NamedValue> values = binder.bind_named_list(summarize.keys, RowScope::of(*input));
  add_keys(binder, *aggregate, values);
  aggregate->one_row_when_empty = values.empty();

  AggregateCollector collector;
  collector.input = RowScope::of(*input);
  for (const NamedValue& key : values) {
    if (key.value->kind == Expression::Kind::kColumn) collector.keys.insert(key.value->column);
  }
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i].value = make_column(aggregate->key_columns[i]);
  // Outside of aggregates only the keys can be read.
  RowScope outside;
  outside.columns = &aggregate->key_columns;
  outside.ungrouped = &input->columns;
  outside.beside = &summarize.aggregates;
  AggregateCollector* const outer = binder.collect_aggregates(&collector);
  AggregateItemBinder items(binder, collector, outside, 1 + count_unnamed(values));
  for (const syntax::Expression* item : summarize.aggregates) items.bind(*item, values);
  binder.collect_aggregates(outer);

  Substitution replaced;
  add_calls(*aggregate, std::move(collector.calls), replaced);
  for (NamedValue& value : values) value.value = substitute(value.value, replaced);
  make_names_unique(binder, values);
  aggregate->update_columns();
  const bool open = input->open && keeps_all_columns(summarize.aggregates);
  aggregate->inputs.push_back(std::move(input));
  PlanNodePtr result = binder.project(std::move(aggregate), values);
  result->open = open;
  return result;
}

}  // namespace

extern constinit const OperatorDef kSummarize{
    .name = "summarize",
    .summary = "One row for each group of rows with equal keys, with aggregates over the group.",
    .syntax = "summarize Name = Aggregate, … by Key, …",
    .example =
        "range x from 1 to 5 step 1 | summarize sum(x) by x % 2 | top 1 by sum_x | project sum_x",
    .example_result = "9",
    .parse = parse_summarize,
    .bind = bind_summarize,
};

}  // namespace quarry::kql::operators
