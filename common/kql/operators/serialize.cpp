// serialize.cpp — KQL: serialize [Name = Expression, …]
//
// Rows stay in the order in which they come; that is so everywhere here, so only the new columns
// are left to do.
#include "common/kql/operators/extended.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct SerializeSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> list;
};

syntax::OperatorNode* parse_serialize(syntax::Parser& parser) {
  auto* const node = parser.make<SerializeSyntax>();
  if (!parser.at_operator_end()) node->list = parser.parse_named_list();
  return node;
}

PlanNodePtr bind_serialize(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& list = static_cast<const SerializeSyntax&>(node).list;
  if (list.empty()) return input;
  const std::vector<NamedValue> values = binder.bind_named_list(list, RowScope::of(*input));
  return extended(binder, std::move(input), values);
}

}  // namespace

extern constinit const OperatorDef kSerialize{
    .name = "serialize",
    .summary = "Fixes the order of the rows, and adds computed columns.",
    .syntax = "serialize [Name = Expression, …]",
    .example = "range x from 1 to 3 step 1 | serialize y = x * 2 | project y",
    .example_result = "2",
    .parse = parse_serialize,
    .bind = bind_serialize,
};

}  // namespace quarry::kql::operators
