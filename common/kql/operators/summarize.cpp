// summarize.cpp — KQL: summarize Name = Aggregate, … by Key, …
//
// Aggregate calls may stand inside scalar expressions: round(avg(x), 2). The calls are collected and computed by an AggregateNode;
// a projection above it computes the expressions and puts the columns in order: keys first.
#include <fmt/format.h>

#include "common/kql/operators/column_names.h"
#include "common/kql/operators/grouping.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct SummarizeSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> aggregates;
  std::vector<syntax::Expression*> keys;
};

syntax::OperatorNode* parse_summarize(syntax::Parser& parser) {
  auto* const node = parser.make<SummarizeSyntax>();
  parse_named_parameters(parser, {});
  if (!parser.at_keyword("by") && !parser.at_operator_end()) node->aggregates = parser.parse_named_list();
  if (parser.accept_keyword("by")) node->keys = parser.parse_named_list();
  return node;
}

/// The columns of one item of the aggregate list.
class ItemBinder {
 public:
  ItemBinder(Binder& binder, AggregateCollector& collector, const RowScope& scope, int unnamed)
      : binder_(binder), collector_(collector), scope_(scope), unnamed_(unnamed) {}

  void bind(const syntax::Expression& item, std::vector<NamedValue>& values) {
    const std::size_t before = collector_.calls.size();
    const auto* const named = item.kind == syntax::ExpressionKind::kNamed ? static_cast<const syntax::Named*>(&item) : nullptr;
    const syntax::Expression& written = named != nullptr ? *named->value : item;
    const ExpressionPtr value = binder_.bind(written, scope_);
    const bool is_call = collector_.calls.size() == before + 1 && value->kind == Expression::Kind::kColumn &&
                         value->column == collector_.calls.back().results.front().id;
    if (is_call) return add_results(collector_.calls.back(), named, item.span, values);
    if (named != nullptr && named->names.size() > 1) binder_.error(named->names[1]->span, "only an aggregate that gives several columns can have several names here");
    std::string name = named != nullptr ? named->names.front()->name : binder_.implicit_name(written, value);
    if (name.empty()) name = next_name();
    values.push_back({std::move(name), value, item.span, named != nullptr});
  }

 private:
  void add_results(const CollectedAggregate& call, const syntax::Named* named, SourceSpan span, std::vector<NamedValue>& values) {
    if (named != nullptr && named->names.size() > call.results.size()) {
      binder_.error(named->names[call.results.size()]->span, fmt::format("{} gives {} column{} here", call.name, call.results.size(), call.results.size() == 1 ? "" : "s"));
    }
    for (std::size_t i = 0; i < call.results.size(); ++i) {
      const bool given = named != nullptr && i < named->names.size();
      std::string name = given ? named->names[i]->name : call.result_names[i];
      if (name.empty()) name = next_name();
      values.push_back({std::move(name), make_column(call.results[i], span), span, given});
    }
  }
  std::string next_name() { return fmt::format("Column{}", unnamed_++); }

  Binder& binder_;
  AggregateCollector& collector_;
  RowScope scope_;
  int unnamed_;
};

int count_unnamed(const std::vector<NamedValue>& keys) {
  int count = 0;
  for (const NamedValue& key : keys) count += key.name.starts_with("Column") ? 1 : 0;
  return count;
}

PlanNodePtr bind_summarize(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& summarize = static_cast<const SummarizeSyntax&>(node);
  if (summarize.aggregates.empty() && summarize.keys.empty()) {
    binder.error(node.keyword, "summarize needs an aggregate or a by list", "summarize count() by Column");
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
  for (std::size_t i = 0; i < values.size(); ++i) values[i].value = make_column(aggregate->key_columns[i]);
  // Outside of aggregates only the keys can be read.
  RowScope outside;
  outside.columns = &aggregate->key_columns;
  AggregateCollector* const outer = binder.collect_aggregates(&collector);
  ItemBinder items(binder, collector, outside, 1 + count_unnamed(values));
  for (const syntax::Expression* item : summarize.aggregates) items.bind(*item, values);
  binder.collect_aggregates(outer);

  Substitution replaced;
  add_calls(*aggregate, std::move(collector.calls), replaced);
  for (NamedValue& value : values) value.value = substitute(value.value, replaced);
  make_names_unique(binder, values);
  aggregate->update_columns();
  aggregate->inputs.push_back(std::move(input));
  return binder.project(std::move(aggregate), values);
}

}  // namespace

extern constinit const OperatorDef kSummarize{
    .name = "summarize",
    .summary = "One row for each group of rows with equal keys, with aggregates over the group.",
    .syntax = "summarize Name = Aggregate, … by Key, …",
    .example = "range x from 1 to 5 step 1 | summarize sum(x) by x % 2 | top 1 by sum_x | project sum_x",
    .example_result = "9",
    .parse = parse_summarize,
    .bind = bind_summarize,
};

}  // namespace quarry::kql::operators
