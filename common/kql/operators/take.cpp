// take.cpp — KQL: take N | limit N
#include "common/kql/operators/nodes/union_node.h"
#include "common/kql/operators/operator.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct TakeSyntax final : syntax::OperatorNode {
  syntax::Expression* count = nullptr;
};

syntax::OperatorNode* parse_take(syntax::Parser& parser) {
  auto* const node = parser.make<TakeSyntax>();
  node->count = parser.parse_expression();
  return node;
}

PlanNodePtr bind_take(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto count = binder.constant(*static_cast<const TakeSyntax&>(node).count, Type::kLong,
                                     "the row count of take");
  if (count && !count->is_null() && count->get<std::int64_t>() < 0)
    binder.error(static_cast<const TakeSyntax&>(node).count->span,
                 fmt::format("take keeps 0 rows or more, not {}", count->get<std::int64_t>()),
                 "the last rows: sort by Timestamp asc | take N");
  auto limit = std::make_unique<LimitNode>();
  limit->columns = input->columns;
  limit->count =
      count && !count->is_null()
          ? static_cast<std::uint64_t>(std::max<std::int64_t>(count->get<std::int64_t>(), 0))
          : 0;
  limit->inputs.push_back(std::move(input));
  return limit;
}

constexpr std::string_view kAliases[]{"limit"};

}  // namespace

extern constinit const OperatorDef kTake{
    .name = "take",
    .aliases = kAliases,
    .summary = "Keeps the first N rows of the input.",
    .syntax = "take N",
    .example = "range x from 1 to 5 step 1 | take 2 | count",
    .example_result = "2",
    .parse = parse_take,
    .bind = bind_take,
};

}  // namespace quarry::kql::operators
