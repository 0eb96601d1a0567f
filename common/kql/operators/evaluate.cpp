// evaluate.cpp — KQL: evaluate [hint.…] Plugin(Argument, …) [: (Column:Type, …)]
#include "common/base/suggest.h"
#include "common/kql/functions/registry.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/plugins/plugin.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

struct EvaluateSyntax final : syntax::OperatorNode {
  syntax::Expression* call = nullptr;  // null after an error
  std::optional<OutputSchema> output;
};

syntax::OperatorNode* parse_evaluate(syntax::Parser& parser) {
  auto* const node = parser.make<EvaluateSyntax>();
  parser.parse_parameters();  // hint.…
  if (const std::string_view reason = never_here(parser.peek().text);
      !reason.empty() && parser.peek(1).kind == syntax::TokenKind::kOpenParen) {
    // Said here, so that arguments of a syntax of their own (typeof(*, x:long)) are not complained
    // of.
    parser.error(parser.peek().span,
                 fmt::format("{} cannot be used here: {}", parser.peek().text, reason));
    parser.skip_operator();
    return node;
  }
  node->call = parser.parse_call();
  if (node->call->kind != syntax::ExpressionKind::kCall &&
      node->call->kind != syntax::ExpressionKind::kError) {
    parser.error(node->call->span, "expected a plugin and its arguments",
                 "evaluate bag_unpack(Column)");
  }
  if (parser.accept(syntax::TokenKind::kColon))
    node->output = OutputSchema{parser.parse_column_declarations()};
  return node;
}

PlanNodePtr unknown_plugin(Binder& binder, const syntax::Call& call) {
  if (FunctionRegistry::built_in().is_known_unsupported(call.name)) {
    binder.error(call.name_span, fmt::format("not supported yet: {}", call.name));
    return nullptr;
  }
  std::vector<std::string_view> names;
  for (const PluginDef* plugin : all_plugins()) names.push_back(plugin->name);
  binder.error(call.name_span, fmt::format("unknown plugin '{}'", call.name),
               did_you_mean(call.name, names));
  return nullptr;
}

PlanNodePtr bind_evaluate(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& evaluate = static_cast<const EvaluateSyntax&>(node);
  if (evaluate.call == nullptr || evaluate.call->kind != syntax::ExpressionKind::kCall)
    return nullptr;
  const auto& call = static_cast<const syntax::Call&>(*evaluate.call);
  const PluginDef* const plugin = find_plugin(call.name);
  if (plugin == nullptr) return unknown_plugin(binder, call);
  if (evaluate.output && !plugin->takes_output_schema) {
    binder.error(call.span, fmt::format("{} takes no output schema", call.name));
    return nullptr;
  }
  const PluginCall plugin_call(binder, node, call, *plugin,
                               evaluate.output ? &*evaluate.output : nullptr);
  if (!plugin_call.is_sound()) return nullptr;
  return plugin->bind(plugin_call, std::move(input));
}

}  // namespace

extern constinit const OperatorDef kEvaluate{
    .name = "evaluate",
    .summary =
        "Calls a plugin: a function from a table to a table (bag_unpack, pivot, ipv4_lookup …).",
    .syntax = "evaluate Plugin(Argument, …) [: (Column:Type, …)]",
    .example = "print d = dynamic({'a': 7}) | evaluate bag_unpack(d)",
    .example_result = "7",
    .parse = parse_evaluate,
    .bind = bind_evaluate,
};

}  // namespace quarry::kql::operators
