// reduce.cpp — KQL: reduce [kind=source] by Expression [with threshold=Real, characters=Text]
//
// Kusto does not say how exactly it groups; exec/reduce.h tells what is done here.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/reduce_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

struct ReduceSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  syntax::Expression* value = nullptr;
  std::vector<syntax::OperatorParameter> rules;
};

syntax::OperatorNode* parse_reduce(syntax::Parser& parser) {
  auto* const node = parser.make<ReduceSyntax>();
  node->parameters = parse_named_parameters(parser, {"kind"});
  if (parser.expect_keyword("by")) node->value = parser.parse_named_expression();
  if (!parser.accept_keyword("with")) return node;
  do {
    syntax::OperatorParameter rule;
    rule.name_span = parser.peek().span;
    rule.name = parser.parse_name("threshold or characters")->name;
    if (!parser.expect(syntax::TokenKind::kAssign, "'='")) break;
    rule.value = parser.parse_expression();
    node->rules.push_back(std::move(rule));
  } while (parser.accept(syntax::TokenKind::kComma) || parser.at(syntax::TokenKind::kName));
  return node;
}

void bind_rules(Binder& binder, const ReduceSyntax& reduce, exec::ReduceRules& rules) {
  check_parameters(binder, reduce.rules, {"threshold", "characters"});
  if (const auto* const given = find_parameter(reduce.rules, "threshold")) {
    const auto value = binder.constant(*given->value, Type::kReal, "the threshold of reduce");
    if (value && !value->is_null()) {
      rules.threshold = value->get<double>();
      if (!(rules.threshold >= 0 && rules.threshold <= 1))
        binder.error(given->value->span, "the threshold of reduce lies between 0 and 1");
    }
  }
  if (const auto* const given = find_parameter(reduce.rules, "characters")) {
    if (const auto value =
            binder.constant(*given->value, Type::kString, "the characters of reduce"))
      rules.characters = value->get<std::string>();
  }
}

PlanNodePtr bind_reduce(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& reduce = static_cast<const ReduceSyntax&>(node);
  if (reduce.value == nullptr) return nullptr;
  const bool source = parameter_choice(binder, reduce.parameters, "kind", {"source"}).has_value();
  auto result = std::make_unique<ReduceNode>();
  bind_rules(binder, reduce, result->rules);
  ExpressionPtr text = binder.bind(*reduce.value, RowScope::of(*input));
  if (text->type == Type::kUnknown) return nullptr;
  if (text->type != Type::kString)
    text = ExpressionBinder(binder, RowScope::of(*input))
               .call("tostring", {text}, text->span, text->span);
  const UniqueNames names(input->columns);
  std::vector<NamedValue> values;
  if (source) values = pass_all(*input);
  const std::size_t width = values.size();
  values.push_back({"", text, text->span, false});
  input = binder.project(std::move(input), values);
  result->text = input->columns[width];
  result->text.name = to_text(*text);  // for explain
  result->pattern = binder.new_column(UniqueNames(names).make("Pattern"), Type::kString);
  if (source) {
    result->output = exec::ReduceOutput::kRows;
    result->columns.assign(input->columns.begin(), input->columns.end() - 1);
    result->columns.push_back(result->pattern);
  } else {
    result->columns = {binder.new_column("Pattern", Type::kString),
                       binder.new_column("Count", Type::kLong),
                       binder.new_column("Representative", Type::kString)};
  }
  result->inputs.push_back(std::move(input));
  return result;
}

}  // namespace

extern constinit const OperatorDef kReduce{
    .name = "reduce",
    .summary = "Groups similar texts: a pattern with *, how many texts fit it, and one of them.",
    .syntax = "reduce [kind=source] by Expression [with threshold=Real, characters=Text]",
    .example =
        "datatable(s:string)['user ann', 'user bob', 'user eve', 'up'] | reduce by s | top 1 by "
        "Count",
    .example_result = "user *",
    .parse = parse_reduce,
    .bind = bind_reduce,
};

}  // namespace quarry::kql::operators
