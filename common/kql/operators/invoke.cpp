// invoke.cpp — KQL: invoke Function(…)
#include "common/kql/operators/operator.h"
#include "common/kql/operators/service_functions.h"

namespace quarry::kql::operators {
namespace {

struct InvokeSyntax final : syntax::OperatorNode {
  syntax::Expression* call = nullptr;
};

syntax::OperatorNode* parse_invoke(syntax::Parser& parser) {
  auto* const node = parser.make<InvokeSyntax>();
  node->call = parser.parse_expression();
  if (node->call->kind != syntax::ExpressionKind::kCall &&
      node->call->kind != syntax::ExpressionKind::kError) {
    parser.error(node->call->span, "expected a function and its arguments");
  }
  return node;
}

PlanNodePtr bind_invoke(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const syntax::Expression& written = *static_cast<const InvokeSyntax&>(node).call;
  if (written.kind != syntax::ExpressionKind::kCall) return nullptr;
  const auto& call = static_cast<const syntax::Call&>(written);
  if (is_service_function(call.name) && !binder.takes_table(call.name))
    return bind_service_function(binder, call, std::move(input));
  return binder.invoke(call, std::move(input));
}

}  // namespace

extern constinit const OperatorDef kInvoke{
    .name = "invoke",
    .summary = "Calls a function whose first parameter is the table at hand.",
    .syntax = "invoke Function(…)",
    .example =
        "let above = (T:(x:long), low:long) { T | where x > low }; range x from 1 to 5 step 1 | "
        "invoke above(3) | count",
    .example_result = "2",
    .parse = parse_invoke,
    .bind = bind_invoke,
};

}  // namespace quarry::kql::operators
