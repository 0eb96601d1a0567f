// facet.cpp — KQL: facet by Column, … [with ( Operators )]
//
// A result for each column: its values and how often each stands there. With `with` the first
// result is what the operators make of the rows.
#include "common/kql/operators/aggregate_by.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/kept_rows.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct FacetSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> columns;
  syntax::Expression* counting = nullptr;  // count()
  syntax::Pipeline* rest = nullptr;
  mutable NeededColumns needed;  // found while checking, for the run
};

syntax::OperatorNode* parse_facet(syntax::Parser& parser) {
  auto* const node = parser.make<FacetSyntax>();
  auto* const count = parser.make<syntax::Call>();
  count->name = "count";
  node->counting = count;
  if (parser.expect_keyword("by")) {
    do node->columns.push_back(parser.parse_name("a column"));
    while (parser.accept(syntax::TokenKind::kComma));
  }
  if (parser.accept_keyword("with")) node->rest = parser.parse_subpipeline();
  return node;
}

PlanNodePtr bind_facet(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& facet = static_cast<const FacetSyntax&>(node);
  if (!binder.may_give_results(node)) return nullptr;
  std::vector<syntax::Name*> names;
  for (syntax::Expression* column : facet.columns)
    names.push_back(static_cast<syntax::Name*>(column));
  const auto columns = columns_of(binder, *input, names);
  if (!columns) return nullptr;
  std::set<std::string> counted;
  for (const BoundColumn& column : *columns) counted.insert(column.name);
  if (binder.checking()) facet.needed.begin(std::move(counted));
  KeptRows kept(binder, std::move(input), facet.needed, node.span);
  std::vector<PlanNodePtr> results;
  if (facet.rest != nullptr) {
    PlanNodePtr rows = kept.again("facet");
    if (rows == nullptr) return nullptr;
    if (binder.checking()) facet.needed.add(binder, *rows, *facet.rest);
    results.push_back(binder.bind_operators(std::move(rows), facet.rest->operators));
  }
  for (syntax::Expression* column : facet.columns) {
    PlanNodePtr rows = kept.again("facet");
    if (rows == nullptr) return nullptr;
    results.push_back(aggregate_by(binder, std::move(rows), *column, *facet.counting, "count_"));
  }
  for (std::size_t i = 1; i < results.size(); ++i) {
    if (results[i] != nullptr) binder.add_result(std::move(results[i]));
  }
  return results.empty() ? nullptr : std::move(results[0]);
}

}  // namespace

extern constinit const OperatorDef kFacet{
    .name = "facet",
    .summary = "A result for each column with its values and their counts.",
    .syntax = "facet by Column, … [with ( Operators )]",
    .example = "datatable(a:string, b:long)['x', 1, 'x', 2, 'y', 1] | facet by a, b",
    .example_result = "x",
    .parse = parse_facet,
    .bind = bind_facet,
};

}  // namespace quarry::kql::operators
