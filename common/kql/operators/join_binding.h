// What join and lookup share: the other table, the conditions behind `on`, the names of the result.
#pragma once

#include "common/kql/bind/binder.h"
#include "common/kql/operators/nodes/join_node.h"
#include "common/kql/syntax/parser.h"

#include <memory>
#include <string>
#include <vector>

namespace quarry::kql::operators {

struct JoinSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  syntax::Expression* table = nullptr;
  std::vector<syntax::Expression*> conditions;
};

/// [parameters] Table on Condition, …
syntax::OperatorNode* parse_join_like(syntax::Parser& parser);

/// The right keys that are plain columns: lookup leaves them out.
enum class RightKeys : std::uint8_t { kKept, kDropped };

/// The join of the input with the other table; null after an error.
PlanNodePtr bind_join_like(Binder& binder, const JoinSyntax& node, PlanNodePtr input, JoinKind kind,
                           RightKeys right_keys);

}  // namespace quarry::kql::operators
