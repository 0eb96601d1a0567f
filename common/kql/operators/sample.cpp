// sample.cpp — KQL: sample N
//
// Rows get a random number and the N smallest stay, so every row has the same chance. The numbers
// repeat with the run's seed.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/sort_node.h"
#include "common/kql/operators/operator.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct SampleSyntax final : syntax::OperatorNode {
  syntax::Expression* count = nullptr;
};

syntax::OperatorNode* parse_sample(syntax::Parser& parser) {
  auto* const node = parser.make<SampleSyntax>();
  node->count = parser.parse_expression();
  return node;
}

PlanNodePtr bind_sample(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto count = binder.constant(*static_cast<const SampleSyntax&>(node).count, Type::kLong,
                                     "the row count of sample");
  const ExpressionPtr random =
      ExpressionBinder(binder, RowScope::none()).call("rand", {}, node.span, node.keyword);
  if (random->type == Type::kUnknown) return nullptr;
  std::vector<NamedValue> shown = pass_all(*input);
  std::vector<NamedValue> numbered = shown;
  numbered.push_back({"random", random, node.span, false});
  input = binder.project(std::move(input), numbered);
  auto sort = std::make_unique<SortNode>();
  sort->keys.push_back({input->columns.back(), false, true});
  sort->limit =
      count && !count->is_null()
          ? static_cast<std::uint64_t>(std::max<std::int64_t>(count->get<std::int64_t>(), 0))
          : 0;
  sort->columns = input->columns;
  sort->inputs.push_back(std::move(input));
  return binder.project(std::move(sort), shown);
}

}  // namespace

extern constinit const OperatorDef kSample{
    .name = "sample",
    .summary = "N rows by chance.",
    .syntax = "sample N",
    .example = "range x from 1 to 100 step 1 | sample 5 | count",
    .example_result = "5",
    .parse = parse_sample,
    .bind = bind_sample,
};

}  // namespace quarry::kql::operators
