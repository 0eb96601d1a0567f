// lookup.cpp — KQL: lookup [kind=leftouter | inner] Table on Column, $left.a == $right.b, …
#include "common/kql/operators/join_binding.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_lookup(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& lookup = static_cast<const JoinSyntax&>(node);
  check_parameters(binder, lookup.parameters, {"kind"});
  const auto kind = parameter_choice(binder, lookup.parameters, "kind", {"leftouter", "inner"});
  return bind_join_like(binder, lookup, std::move(input),
                        kind == "inner" ? JoinKind::kInner : JoinKind::kLeftOuter,
                        RightKeys::kDropped);
}

}  // namespace

extern constinit const OperatorDef kLookup{
    .name = "lookup",
    .summary = "Adds the columns of a table of facts to every row; the keys appear once.",
    .syntax = "lookup [kind=leftouter | inner] Table on Column, $left.a == $right.b, …",
    .example = "print id = 7 | lookup (print id = 7, name = 'seven') on id | project name",
    .example_result = "seven",
    .parse = parse_join_like,
    .bind = bind_lookup,
};

}  // namespace quarry::kql::operators
