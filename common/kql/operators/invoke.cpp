// invoke.cpp — KQL: invoke Function(…)
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/extended.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/service_functions.h"

#include <fmt/format.h>

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

/// A function of the service: its columns are known, its answers are not here.
PlanNodePtr bind_service(Binder& binder, const syntax::Call& call, const ServiceFunction& function,
                         PlanNodePtr input) {
  for (const syntax::Expression* argument : call.arguments) {
    if (binder.bind(*argument, RowScope::of(*input))->type == Type::kUnknown) return nullptr;
  }
  if (!binder.checking()) {
    binder.error(
        call.span,
        fmt::format("{} asks the service, which is not reached from here", function.name),
        fmt::format("say what it is to do: let {} = (T: (*)) {{ T | lookup … }}", function.name));
    return nullptr;
  }
  std::vector<NamedValue> values;
  for (const ServiceColumn& column : function.columns) {
    const Scalar null =
        column.type == Type::kString ? Scalar::of(std::string()) : Scalar::null(column.type);
    values.push_back({std::string(column.name), make_literal(null, call.span), call.span, false});
  }
  return extended(binder, std::move(input), values);
}

PlanNodePtr bind_invoke(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const syntax::Expression& written = *static_cast<const InvokeSyntax&>(node).call;
  if (written.kind != syntax::ExpressionKind::kCall) return nullptr;
  const auto& call = static_cast<const syntax::Call&>(written);
  const ServiceFunction* const service = find_service_function(call.name);
  if (service != nullptr && !binder.is_user_function(call.name))
    return bind_service(binder, call, *service, std::move(input));
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
