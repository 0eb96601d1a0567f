// print.cpp — KQL: print Expression, Name = Expression, …
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct PrintSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> list;
};

syntax::OperatorNode* parse_print(syntax::Parser& parser) {
  auto* const node = parser.make<PrintSyntax>();
  if (!parser.at_operator_end()) node->list = parser.parse_named_list();
  return node;
}

PlanNodePtr bind_print(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  if (input != nullptr) {
    binder.error(node.keyword, "print begins a query: it has no input");
    return nullptr;
  }
  std::vector<NamedValue> values = binder.bind_named_list(
      static_cast<const PrintSyntax&>(node).list, RowScope::none(), "print_");
  make_names_unique(binder, values);
  auto one_row = std::make_shared<std::vector<Batch>>();
  one_row->push_back(Batch({}, 1));
  return binder.project(binder.rows("print", std::move(one_row), Schema()), values);
}

}  // namespace

extern constinit const OperatorDef kPrint{
    .name = "print",
    .may_start = true,
    .summary = "One row of values.",
    .syntax = "print Expression, Name = Expression, …",
    .example = "print 1 + 1",
    .example_result = "2",
    .parse = parse_print,
    .bind = bind_print,
};

}  // namespace quarry::kql::operators
