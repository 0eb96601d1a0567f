// macro_expand.cpp — KQL: macro-expand [kind=…] [isfuzzy=…] Group as Name ( Pipeline )   or   Name
// in Group ( Pipeline )
//
// The databases of a group are all in the input, as tables of workspace() and cluster() are: the
// pipeline runs once, over the rows of all of them. Name.Table is the table. A group is
// entity_group […], a let of one, or any other name: groups that the service keeps.
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct MacroExpandSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  syntax::Name* name = nullptr;  // of an entity, inside
  syntax::Expression* body = nullptr;
};

syntax::OperatorNode* parse_macro_expand(syntax::Parser& parser) {
  auto* const node = parser.make<MacroExpandSyntax>();
  node->parameters = parse_named_parameters(parser, {"kind", "isfuzzy"});
  if (parser.peek(1).kind == syntax::TokenKind::kName && parser.peek(1).text == "in") {
    node->name = parser.parse_name("a name for the entities");
    parser.next();
    parser.parse_name("a group of entities");
  } else {
    const bool written =
        parser.at_keyword("entity_group") && parser.peek(1).kind == syntax::TokenKind::kOpenBracket;
    if (written)
      parser.parse_expression();
    else
      parser.parse_name("a group of entities");
    if (!parser.expect_keyword("as")) return node;
    node->name = parser.parse_name("a name for the entities");
  }
  if (!parser.expect(syntax::TokenKind::kOpenParen, "'(' and a pipeline")) return node;
  node->body = parser.parse_pipeline();
  parser.expect(syntax::TokenKind::kCloseParen, "')'");
  return node;
}

PlanNodePtr bind_macro_expand(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& macro = static_cast<const MacroExpandSyntax&>(node);
  if (input != nullptr) {
    binder.error(node.keyword, "macro-expand begins a query; it does not stand behind '|'");
    return nullptr;
  }
  if (macro.body == nullptr) return nullptr;
  parameter_choice(binder, macro.parameters, "kind", {"inner", "outer"});
  parameter_choice(binder, macro.parameters, "isfuzzy", {"true", "false"});
  LetValue entities;
  entities.kind = LetValue::Kind::kEntity;
  return binder.bind_table_with(macro.name->name, std::move(entities), *macro.body);
}

}  // namespace

extern constinit const OperatorDef kMacroExpand{
    .name = "macro-expand",
    .may_start = true,
    .summary =
        "A pipeline over the tables of several databases; here it runs once over the rows of all.",
    .syntax = "macro-expand entity_group [database('a'), …] as Name ( Name.Table | … )",
    .example =
        "let T = range x from 1 to 3 step 1; macro-expand entity_group [database('a'), "
        "database('b')] as D (D.T | count)",
    .example_result = "3",
    .parse = parse_macro_expand,
    .bind = bind_macro_expand,
};

}  // namespace quarry::kql::operators
