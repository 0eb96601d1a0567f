#include "common/kql/operators/expansion.h"

#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/expand_node.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

std::string parse_element_type(syntax::Parser& parser) {
  if (!parser.expect_keyword("typeof") || !parser.expect(syntax::TokenKind::kOpenParen, "'('"))
    return {};
  std::string type = parser.parse_type_name();
  parser.expect(syntax::TokenKind::kCloseParen, "')'");
  return type;
}

/// Adds the values to the node; false after an error.
bool bind_values(Binder& binder, const ExpansionSyntax& expansion, ExpandNode& node,
                 std::vector<std::string>& names) {
  bool sound = true;
  int unnamed = 1;
  for (const ExpansionItem& item : expansion.items) {
    const ExpressionPtr value = binder.bind(*item.value, RowScope::of(*node.inputs[0]));
    if (value->type == Type::kUnknown) sound = false;
    if (value->type != Type::kDynamic && value->type != Type::kUnknown) {
      binder.error(
          item.value->span,
          fmt::format("only dynamic values can be expanded, this is {}", name_of(value->type)),
          "parse_json( … ) makes text dynamic");
      sound = false;
    }
    std::string name = item.value->kind == syntax::ExpressionKind::kNamed
                           ? static_cast<const syntax::Named&>(*item.value).names.front()->name
                           : binder.implicit_name(*item.value, value);
    if (name.empty()) name = fmt::format("Column{}", unnamed++);
    node.values.push_back(value);
    node.results.push_back(binder.new_column(name, Type::kDynamic));
    names.push_back(std::move(name));
  }
  return sound;
}

/// An element as the wanted type: what does not convert is null.
ExpressionPtr element_as(Binder& binder, const BoundColumn& element, const std::string& type_name,
                         SourceSpan span) {
  const Type type = parse_type(type_name).value_or(Type::kDynamic);
  return convert(make_column(element, span), type, binder.run_context());
}

void place(std::vector<NamedValue>& columns, NamedValue value) {
  const auto old = std::find_if(columns.begin(), columns.end(),
                                [&](const NamedValue& each) { return each.name == value.name; });
  if (old != columns.end())
    *old = std::move(value);
  else
    columns.push_back(std::move(value));
}

}  // namespace

ExpansionSyntax parse_expansion(syntax::Parser& parser) {
  ExpansionSyntax result;
  result.parameters = parse_named_parameters(parser, {"kind", "bagexpansion", "with_itemindex"});
  do {
    ExpansionItem item;
    item.value = parser.parse_named_expression();
    if (parser.accept_keyword("to")) item.type_name = parse_element_type(parser);
    result.items.push_back(std::move(item));
  } while (parser.accept(syntax::TokenKind::kComma));
  if (parser.accept_keyword("limit")) result.limit = parser.parse_expression();
  return result;
}

Expansion bind_expansion(Binder& binder, const ExpansionSyntax& expansion, PlanNodePtr input,
                         std::optional<std::uint64_t> default_limit) {
  auto kind = parameter_choice(binder, expansion.parameters, "kind", {"bag", "array"});
  if (!kind)
    kind = parameter_choice(binder, expansion.parameters, "bagexpansion", {"bag", "array"});
  auto node = std::make_unique<ExpandNode>();
  node->form = kind == "array" ? exec::BagForm::kArray : exec::BagForm::kBag;
  node->limit = default_limit;
  if (expansion.limit != nullptr) {
    const auto limit = binder.constant(*expansion.limit, Type::kLong, "the limit");
    if (limit && !limit->is_null())
      node->limit =
          static_cast<std::uint64_t>(std::max<std::int64_t>(limit->get<std::int64_t>(), 0));
  }
  node->inputs.push_back(std::move(input));
  std::vector<std::string> names;
  Expansion result;
  if (!bind_values(binder, expansion, *node, names)) return result;
  const syntax::OperatorParameter* const index =
      find_parameter(expansion.parameters, "with_itemindex");
  if (index != nullptr) node->index = binder.new_column(parameter_text(*index), Type::kLong);

  result.columns = pass_all(*node->inputs[0]);
  for (std::size_t i = 0; i < names.size(); ++i) {
    place(result.columns, {names[i],
                           element_as(binder, node->results[i], expansion.items[i].type_name,
                                      expansion.items[i].value->span),
                           {},
                           true});
  }
  if (node->index) place(result.columns, {node->index->name, make_column(*node->index), {}, true});
  node->update_columns();
  result.values = node->results;
  result.node = std::move(node);
  return result;
}

}  // namespace quarry::kql::operators
