// parse_kv.cpp — KQL: parse-kv Expression as (Key:type, …) [with (pair_delimiter=",",
// kv_delimiter=":", quote="'", escape="\\", greedy=true | regex=…)]
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/take_apart_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"
#include "common/kql/operators/text_parsing.h"

namespace quarry::kql::operators {
namespace {

struct ParseKvSyntax final : syntax::OperatorNode {
  syntax::Expression* text = nullptr;
  std::vector<syntax::ColumnDeclaration> keys;
  std::vector<syntax::OperatorParameter> rules;
};

syntax::OperatorNode* parse_parse_kv(syntax::Parser& parser) {
  auto* const node = parser.make<ParseKvSyntax>();
  node->text = parser.parse_expression();
  if (!parser.expect_keyword("as")) return node;
  node->keys = parser.parse_column_declarations();
  if (parser.accept_keyword("with")) node->rules = parser.parse_parameter_list();
  return node;
}

std::string rule(const ParseKvSyntax& node, std::string_view name) {
  const syntax::OperatorParameter* const parameter = find_parameter(node.rules, name);
  return parameter == nullptr ? std::string() : parameter_text(*parameter);
}

std::optional<exec::KeyValueRules> rules_of(Binder& binder, const ParseKvSyntax& node) {
  check_parameters(binder, node.rules,
                   {"pair_delimiter", "kv_delimiter", "quote", "escape", "greedy", "regex"});
  exec::KeyValueRules rules;
  for (const syntax::ColumnDeclaration& key : node.keys) rules.keys.push_back(key.name);
  rules.pair_delimiter = rule(node, "pair_delimiter");
  rules.kv_delimiter = rule(node, "kv_delimiter");
  rules.greedy = rule(node, "greedy") == "true";
  const std::string quote = rule(node, "quote");
  if (!quote.empty()) {
    rules.open_quote = quote.front();
    rules.close_quote = quote.back();
  }
  const std::string escape = rule(node, "escape");
  if (!escape.empty()) rules.escape = escape.front();
  if (const syntax::OperatorParameter* const regex = find_parameter(node.rules, "regex")) {
    auto compiled = Regex::compile(parameter_text(*regex));
    if (!compiled) {
      binder.error(regex->value->span, compiled.error().message(), compiled.error().hint());
      return std::nullopt;
    }
    rules.regex = std::move(*compiled);
  }
  return rules;
}

PlanNodePtr bind_parse_kv(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& written = static_cast<const ParseKvSyntax&>(node);
  auto apart = std::make_unique<TakeApartNode>();
  apart->text =
      binder.bind_as(*written.text, RowScope::of(*input), Type::kString, "the text to parse");
  auto rules = rules_of(binder, written);
  if (apart->text->type == Type::kUnknown || !rules) return nullptr;
  apart->pattern = exec::KeyValuePattern(std::move(*rules));
  const std::vector<NamedValue> before = pass_all(*input);
  std::vector<NamedValue> values;
  for (const syntax::ColumnDeclaration& key : written.keys) {
    apart->fields.push_back(binder.new_column(key.name, Type::kString));
    values.push_back({key.name,
                      field_as(binder, apart->fields.back(),
                               parse_type(key.type_name).value_or(Type::kString), key.span),
                      key.span, true});
  }
  apart->fits = binder.new_column("fits", Type::kBool);
  apart->inputs.push_back(std::move(input));
  apart->update_columns();
  return binder.project(std::move(apart), with_fields(before, std::move(values)));
}

}  // namespace

extern constinit const OperatorDef kParseKv{
    .name = "parse-kv",
    .summary = "Takes key and value pairs out of text and adds the wanted keys as columns.",
    .syntax =
        "parse-kv Expression as (Key:type, …) [with (pair_delimiter=\",\", kv_delimiter=\":\", "
        "quote=\"'\", escape=\"\\\\\", greedy=true | regex=Pattern)]",
    .example =
        "print s = 'user=bob, port=22' | parse-kv s as (port:long) with (pair_delimiter=',', "
        "kv_delimiter='=') | project port",
    .example_result = "22",
    .parse = parse_parse_kv,
    .bind = bind_parse_kv,
};

}  // namespace quarry::kql::operators
