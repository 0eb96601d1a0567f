// top_nested.cpp — KQL: top-nested [N] of Expression [with others = Constant] by Aggregate [asc |
// desc], top-nested …
//
// Where the documentation is silent: groups without rows left over get no "others"; below "others"
// a level without `with others` is null; nulls rank last.
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/grouping.h"
#include "common/kql/operators/nodes/top_nested_node.h"
#include "common/kql/operators/operator.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct LevelSyntax {
  syntax::Expression* count = nullptr;  // null: all
  syntax::Expression* key = nullptr;
  syntax::Expression* others = nullptr;
  syntax::OrderedExpression value;
};

struct TopNestedSyntax final : syntax::OperatorNode {
  std::vector<LevelSyntax> levels;
};

/// `name = aggregate [asc | desc]`
syntax::OrderedExpression parse_value(syntax::Parser& parser) {
  syntax::OrderedExpression value;
  value.value = parser.parse_named_expression();
  if (parser.accept_keyword("asc"))
    value.descending = false;
  else
    parser.accept_keyword("desc");
  return value;
}

LevelSyntax parse_level(syntax::Parser& parser) {
  LevelSyntax level;
  if (!parser.at_keyword("of")) level.count = parser.parse_expression();
  if (parser.expect_keyword("of")) level.key = parser.parse_named_expression();
  if (parser.accept_keyword("with")) {
    parser.expect_keyword("others");
    if (parser.expect(syntax::TokenKind::kAssign, "'='")) level.others = parser.parse_expression();
  }
  if (parser.expect_keyword("by")) level.value = parse_value(parser);
  return level;
}

syntax::OperatorNode* parse_top_nested(syntax::Parser& parser) {
  auto* const node = parser.make<TopNestedSyntax>();
  node->levels.push_back(parse_level(parser));
  while (parser.accept(syntax::TokenKind::kComma)) {
    parser.expect_keyword("top");
    if (parser.expect(syntax::TokenKind::kMinus, "'top-nested'")) parser.expect_keyword("nested");
    node->levels.push_back(parse_level(parser));
  }
  return node;
}

/// Binds one level; adds its two output columns.
bool bind_level(Binder& binder, const LevelSyntax& written, const PlanNode& input,
                TopNestedNode& node, UniqueNames& names) {
  if (written.key == nullptr || written.value.value == nullptr) return false;
  const RowScope scope = RowScope::of(input);
  TopNestedNode::Level level;
  if (written.count != nullptr) {
    const auto count = binder.constant(*written.count, Type::kLong, "the count of top-nested");
    level.limit =
        count && !count->is_null()
            ? static_cast<std::uint64_t>(std::max<std::int64_t>(count->get<std::int64_t>(), 0))
            : 0;
  }
  const std::vector<NamedValue> keys = binder.bind_named_list({written.key}, scope);
  if (keys.empty() || keys[0].value->type == Type::kUnknown) return false;
  level.key = keys[0].value;
  if (written.others != nullptr)
    level.others = binder.constant(*written.others, level.key->type, "the value for others");
  level.descending = written.value.descending;

  AggregateCollector collector;
  collector.input = scope;
  AggregateCollector* const outer = binder.collect_aggregates(&collector);
  const bool named = written.value.value->kind == syntax::ExpressionKind::kNamed;
  const ExpressionPtr value = binder.bind(*written.value.value, RowScope::none());
  binder.collect_aggregates(outer);
  if (value->type == Type::kUnknown) return false;
  if (collector.calls.empty()) {
    binder.error(written.value.value->span, "top-nested orders by an aggregate",
                 "by count(), by sum(Column) …");
    return false;
  }
  AggregateNode calls;  // finds equal calls
  Substitution replaced;
  add_calls(calls, std::move(collector.calls), replaced);
  level.items = std::move(calls.items);
  level.value = substitute(value, replaced);

  const std::string key_name = names.make(keys[0].name);
  const std::string value_name =
      named ? static_cast<const syntax::Named&>(*written.value.value).names.front()->name
            : fmt::format("aggregated_{}", key_name);
  node.columns.push_back(binder.new_column(key_name, level.key->type));
  node.columns.push_back(binder.new_column(names.make(value_name), level.value->type));
  node.levels.push_back(std::move(level));
  return true;
}

PlanNodePtr bind_top_nested(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  auto result = std::make_unique<TopNestedNode>();
  UniqueNames names;
  bool sound = true;
  for (const LevelSyntax& level : static_cast<const TopNestedSyntax&>(node).levels)
    sound = bind_level(binder, level, *input, *result, names) && sound;
  if (!sound) return nullptr;
  result->inputs.push_back(std::move(input));
  return result;
}

}  // namespace

extern constinit const OperatorDef kTopNested{
    .name = "top-nested",
    .summary =
        "The best groups by an aggregate, within them the best groups of the next level, and so "
        "on.",
    .syntax =
        "top-nested [N] of Expression [with others = Constant] by Aggregate [asc | desc], "
        "top-nested …",
    .example =
        "datatable(a:string, b:string, n:long)['x', 'p', 1, 'x', 'q', 5, 'y', 'p', 2] | top-nested "
        "1 of a by sum(n), top-nested 1 of b by sum(n) | project b",
    .example_result = "q",
    .parse = parse_top_nested,
    .bind = bind_top_nested,
};

}  // namespace quarry::kql::operators
