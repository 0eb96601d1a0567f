// as.cpp — KQL: as [hint.materialized=true] Name
//
// The name means these rows in the rest of the query. They are only kept where the rest of the text
// holds the name.
#include "common/kql/operators/later_use.h"
#include "common/kql/operators/nodes/pass_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct AsSyntax final : syntax::OperatorNode {
  syntax::Name* name = nullptr;
  bool is_used = false;
};

syntax::OperatorNode* parse_as(syntax::Parser& parser) {
  auto* const node = parser.make<AsSyntax>();
  parse_named_parameters(parser, {});
  node->name = parser.parse_name("a name for the rows");
  node->is_used = is_used_later(parser, *node->name);
  return node;
}

PlanNodePtr bind_as(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& as = static_cast<const AsSyntax&>(node);
  if (as.is_used) {
    std::vector<BoundColumn> columns = input->columns;
    if (binder.checking()) {
      binder.define_table(as.name->name, nullptr, columns);
    } else {
      Schema schema;
      for (const BoundColumn& column : columns)
        schema.columns.push_back({column.name, column.type});
      const auto batches = binder.run_now(std::move(input), node.span);
      if (batches == nullptr) return nullptr;
      binder.define_table(as.name->name, batches, columns);
      input = binder.rows(as.name->name, batches, schema);
    }
  }
  auto named = std::make_unique<AsNode>();
  named->name = as.name->name;
  named->columns = input->columns;
  named->inputs.push_back(std::move(input));
  return named;
}

}  // namespace

extern constinit const OperatorDef kAs{
    .name = "as",
    .summary =
        "Gives the rows a name that the rest of the query can use; union withsource shows it.",
    .syntax = "as Name",
    .example = "range x from 1 to 2 step 1 | as T | union T | count",
    .example_result = "4",
    .parse = parse_as,
    .bind = bind_as,
};

}  // namespace quarry::kql::operators
