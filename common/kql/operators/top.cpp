// top.cpp — KQL: top N by Expression [asc | desc] [nulls first | nulls last]
#include "common/kql/operators/operator.h"
#include "common/kql/operators/ordering.h"
#include "common/kql/operators/parameters.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct TopSyntax final : syntax::OperatorNode {
  syntax::Expression* count = nullptr;
  std::vector<syntax::OrderedExpression> keys;
};

syntax::OperatorNode* parse_top(syntax::Parser& parser) {
  auto* const node = parser.make<TopSyntax>();
  parse_named_parameters(parser, {});
  node->count = parser.parse_expression();
  if (parser.expect_keyword("by")) node->keys = parser.parse_ordered_list();
  return node;
}

PlanNodePtr bind_top(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& top = static_cast<const TopSyntax&>(node);
  const auto count = binder.constant(*top.count, Type::kLong, "the row count of top");
  const std::int64_t limit =
      count && !count->is_null() ? std::max<std::int64_t>(count->get<std::int64_t>(), 0) : 0;
  return ordered_by(binder, std::move(input), top.keys, static_cast<std::uint64_t>(limit));
}

}  // namespace

extern constinit const OperatorDef kTop{
    .name = "top",
    .summary = "The first N rows by an order; descending unless asc is said.",
    .syntax = "top N by Expression [asc | desc] [nulls first | nulls last], …",
    .example = "range x from 1 to 5 step 1 | top 2 by x",
    .example_result = "5",
    .parse = parse_top,
    .bind = bind_top,
};

}  // namespace quarry::kql::operators
