// sample_distinct.cpp — KQL: sample-distinct N of Expression
#include "common/kql/operators/grouping.h"
#include "common/kql/operators/nodes/union_node.h"
#include "common/kql/operators/operator.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct SampleDistinctSyntax final : syntax::OperatorNode {
  syntax::Expression* count = nullptr;
  syntax::Expression* value = nullptr;
};

syntax::OperatorNode* parse_sample_distinct(syntax::Parser& parser) {
  auto* const node = parser.make<SampleDistinctSyntax>();
  node->count = parser.parse_expression();
  if (parser.expect_keyword("of")) node->value = parser.parse_named_expression();
  return node;
}

PlanNodePtr bind_sample_distinct(Binder& binder, const syntax::OperatorNode& node,
                                 PlanNodePtr input) {
  const auto& sample = static_cast<const SampleDistinctSyntax&>(node);
  if (sample.value == nullptr) return nullptr;
  const auto count = binder.constant(*sample.count, Type::kLong, "the count of sample-distinct");
  const std::vector<NamedValue> values =
      binder.bind_named_list({sample.value}, RowScope::of(*input));
  if (values.empty() || values[0].value->type == Type::kUnknown) return nullptr;
  auto distinct = std::make_unique<AggregateNode>();
  add_keys(binder, *distinct, values);
  distinct->update_columns();
  distinct->inputs.push_back(std::move(input));
  auto limit = std::make_unique<LimitNode>();
  limit->columns = distinct->columns;
  limit->count =
      count && !count->is_null()
          ? static_cast<std::uint64_t>(std::max<std::int64_t>(count->get<std::int64_t>(), 0))
          : 0;
  limit->inputs.push_back(std::move(distinct));
  return limit;
}

}  // namespace

extern constinit const OperatorDef kSampleDistinct{
    .name = "sample-distinct",
    .summary = "Up to N different values: the first ones met.",
    .syntax = "sample-distinct N of Expression",
    .example = "range x from 1 to 9 step 1 | sample-distinct 2 of x % 3 | count",
    .example_result = "2",
    .parse = parse_sample_distinct,
    .bind = bind_sample_distinct,
};

}  // namespace quarry::kql::operators
