// consume.cpp — KQL: consume [decodeblocks=true]
//
// Reads everything and gives nothing: for measuring. With decodeblocks every column is read, else
// only what the operators before need.
#include "common/kql/operators/nodes/consume_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct ConsumeSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
};

syntax::OperatorNode* parse_consume(syntax::Parser& parser) {
  auto* const node = parser.make<ConsumeSyntax>();
  node->parameters = parser.parse_parameters();
  return node;
}

PlanNodePtr bind_consume(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& consume = static_cast<const ConsumeSyntax&>(node);
  check_parameters(binder, consume.parameters, {"decodeblocks"});
  auto result = std::make_unique<ConsumeNode>();
  result->all_columns =
      parameter_choice(binder, consume.parameters, "decodeblocks", {"true", "false"}) == "true";
  result->inputs.push_back(std::move(input));
  return result;
}

}  // namespace

extern constinit const OperatorDef kConsume{
    .name = "consume",
    .summary = "Reads all rows and gives none: for measuring how long a query takes.",
    .syntax = "consume [decodeblocks=true]",
    .example = "union (range x from 1 to 5 step 1 | consume), (print x = 7) | project x",
    .example_result = "7",
    .parse = parse_consume,
    .bind = bind_consume,
};

}  // namespace quarry::kql::operators
