// distinct.cpp — KQL: distinct Column, … | distinct *
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/grouping.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct DistinctSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> list;  // Names may hold wildcards
};

bool at_wildcard(const syntax::Parser& parser) {
  if (parser.at(syntax::TokenKind::kStar)) return true;
  const syntax::Token& name = parser.peek();
  const syntax::Token& star = parser.peek(1);
  return name.kind == syntax::TokenKind::kName && star.kind == syntax::TokenKind::kStar &&
         name.span.end() == star.span.start;
}

syntax::OperatorNode* parse_distinct(syntax::Parser& parser) {
  auto* const node = parser.make<DistinctSyntax>();
  parse_named_parameters(parser, {});
  do {
    if (at_wildcard(parser))
      node->list.push_back(parser.parse_wildcard_name("a column"));
    else
      node->list.push_back(parser.parse_named_expression());
  } while (parser.accept(syntax::TokenKind::kComma));
  return node;
}

PlanNodePtr bind_distinct(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  std::vector<NamedValue> values;
  for (syntax::Expression* item : static_cast<const DistinctSyntax&>(node).list) {
    if (item->kind == syntax::ExpressionKind::kName &&
        static_cast<const syntax::Name*>(item)->wildcard) {
      for (const BoundColumn& column :
           binder.columns_like(*input, static_cast<const syntax::Name&>(*item)))
        values.push_back(pass(column));
      continue;
    }
    for (NamedValue& value : binder.bind_named_list({item}, RowScope::of(*input)))
      values.push_back(std::move(value));
  }
  make_names_unique(binder, values);
  for (const NamedValue& value : values) {
    if (value.value->type == Type::kUnknown) return nullptr;
  }
  auto aggregate = std::make_unique<AggregateNode>();
  add_keys(binder, *aggregate, values);
  aggregate->update_columns();
  aggregate->inputs.push_back(std::move(input));
  return aggregate;
}

}  // namespace

extern constinit const OperatorDef kDistinct{
    .name = "distinct",
    .summary = "The different combinations of some columns, in order of first appearance.",
    .syntax = "distinct Column, … | distinct *",
    .example = "range x from 1 to 5 step 1 | project y = x % 2 | distinct y | count",
    .example_result = "2",
    .parse = parse_distinct,
    .bind = bind_distinct,
};

}  // namespace quarry::kql::operators
