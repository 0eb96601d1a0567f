// search.cpp — KQL: [T |] search [kind=case_sensitive | case_insensitive] [in (Table, Prefix*, …)]
// Predicate
//
// A text by itself is a term that some column must hold; Column:"text" asks one column. The column
// $table names the table of a row.
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"
#include "common/kql/operators/row_predicate.h"
#include "common/kql/operators/union_binding.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

constexpr std::string_view kSourceColumn = "$table";

struct SearchSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  std::vector<syntax::Expression*> tables;  // empty: all
  syntax::Expression* predicate = nullptr;
};

syntax::OperatorNode* parse_search(syntax::Parser& parser) {
  auto* const node = parser.make<SearchSyntax>();
  node->parameters = parse_named_parameters(parser, {"kind"});
  if (parser.accept_keyword("in") &&
      parser.expect(syntax::TokenKind::kOpenParen, "'(' and the tables")) {
    do node->tables.push_back(parser.parse_table());
    while (parser.accept(syntax::TokenKind::kComma));
    parser.expect(syntax::TokenKind::kCloseParen, "')'");
  }
  node->predicate = parser.parse_expression();
  return node;
}

std::vector<UnionLeg> bind_legs(Binder& binder, const SearchSyntax& search, PlanNodePtr input) {
  std::vector<UnionLeg> legs;
  if (input != nullptr) {
    std::string name = source_name(*input);
    legs.push_back({std::move(input), std::move(name)});
    return legs;
  }
  for (const syntax::Expression* table : search.tables) {
    for (UnionLeg& leg : bind_tables(binder, *table)) legs.push_back(std::move(leg));
  }
  if (!search.tables.empty()) return legs;
  syntax::Name all;
  all.name = "*";
  all.wildcard = true;
  all.span = search.keyword;
  return bind_tables(binder, all);
}

PlanNodePtr bind_search(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& search = static_cast<const SearchSyntax&>(node);
  RowPredicateOptions options;
  options.terms = true;
  const auto kind =
      parameter_choice(binder, search.parameters, "kind", {"case_sensitive", "case_insensitive"});
  if (kind == "case_sensitive") options.term_case = TermCase::kSensitive;
  std::vector<UnionLeg> legs = bind_legs(binder, search, std::move(input));
  if (legs.empty()) {
    if (search.tables.empty())
      binder.error(search.keyword, "search finds no table to look into",
                   "name them: search in (Table, …) \"text\"");
    return nullptr;
  }
  if (legs.size() > 1) options.missing = MissingColumns::kNull;
  for (UnionLeg& leg : legs) {
    const ExpressionPtr predicate =
        bind_row_predicate(binder, *search.predicate, *leg.input, options);
    leg.input = binder.filter(std::move(leg.input), predicate);
  }
  return unite(binder, std::move(legs), UnionColumns::kAll, std::string(kSourceColumn));
}

}  // namespace

extern constinit const OperatorDef kSearch{
    .name = "search",
    .may_start = true,
    .summary =
        "Looks for terms in all text of some or all tables; the column $table names the table.",
    .syntax =
        "search [kind=case_sensitive] [in (Table, Prefix*, …)] \"term\" and Column:\"term\" …",
    .example =
        "datatable(a:string, b:string)['x', 'red cow', 'y', 'cowboy'] | search 'cow' | project a",
    .example_result = "x",
    .parse = parse_search,
    .bind = bind_search,
};

}  // namespace quarry::kql::operators
