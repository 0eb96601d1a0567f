// sort.cpp — KQL: sort by Expression [asc | desc] [nulls first | nulls last], … (also order by)
#include "common/kql/operators/operator.h"
#include "common/kql/operators/ordering.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct SortSyntax final : syntax::OperatorNode {
  std::vector<syntax::OrderedExpression> keys;
};

syntax::OperatorNode* parse_sort(syntax::Parser& parser) {
  auto* const node = parser.make<SortSyntax>();
  parse_named_parameters(parser, {});
  if (parser.expect_keyword("by")) node->keys = parser.parse_ordered_list();
  return node;
}

PlanNodePtr bind_sort(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& sort = static_cast<const SortSyntax&>(node);
  return ordered_by(binder, std::move(input), sort.keys, std::nullopt);
}

constexpr std::string_view kAliases[]{"order"};

}  // namespace

extern constinit const OperatorDef kSort{
    .name = "sort",
    .aliases = kAliases,
    .summary =
        "Orders the rows; descending unless asc is said. Rows with equal keys keep their order.",
    .syntax = "sort by Expression [asc | desc] [nulls first | nulls last], …",
    .example = "range x from 1 to 3 step 1 | sort by x desc",
    .example_result = "3",
    .parse = parse_sort,
    .bind = bind_sort,
};

}  // namespace quarry::kql::operators
