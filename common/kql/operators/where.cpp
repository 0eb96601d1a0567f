// where.cpp — KQL: where Predicate (also filter)
#include "common/kql/operators/operator.h"
#include "common/kql/operators/row_predicate.h"

namespace quarry::kql::operators {
namespace {

struct WhereSyntax final : syntax::OperatorNode {
  syntax::Expression* predicate = nullptr;
};

syntax::OperatorNode* parse_where(syntax::Parser& parser) {
  auto* const node = parser.make<WhereSyntax>();
  parser.parse_hints();
  node->predicate = parser.parse_predicate();
  return node;
}

PlanNodePtr bind_where(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const syntax::Expression& written = *static_cast<const WhereSyntax&>(node).predicate;
  const ExpressionPtr predicate = has_star(written)
                                      ? bind_row_predicate(binder, written, *input, {})
                                      : binder.bind_predicate(written, RowScope::of(*input));
  return binder.filter(std::move(input), predicate);
}

constexpr std::string_view kAliases[]{"filter"};

}  // namespace

extern constinit const OperatorDef kWhere{
    .name = "where",
    .aliases = kAliases,
    .summary = "Keeps the rows for which a predicate is true.",
    .syntax = "where Predicate",
    .example = "range x from 1 to 5 step 1 | where x % 2 == 0 | count",
    .example_result = "2",
    .parse = parse_where,
    .bind = bind_where,
};

}  // namespace quarry::kql::operators
