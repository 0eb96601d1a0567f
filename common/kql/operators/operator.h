// One declaration per KQL operator: what it looks like, what it means, what it says of itself. One
// file each; listed in tables.h.
#pragma once

#include "common/kql/bind/binder.h"
#include "common/kql/syntax/operator_syntax.h"
#include "common/kql/syntax/parser.h"

#include <span>
#include <string_view>

namespace quarry::kql {

struct OperatorDef {
  std::string_view name;
  std::span<const std::string_view> aliases{};
  bool may_start = false;  // may begin a query
  std::string_view summary{};
  std::string_view syntax{};          // "take N"
  std::string_view example{};         // a runnable query …
  std::string_view example_result{};  // … and the first cell of its first row
  syntax::OperatorNode* (*parse)(syntax::Parser& parser) = nullptr;
  PlanNodePtr (*bind)(Binder& binder, const syntax::OperatorNode& node,
                      PlanNodePtr input) = nullptr;
};

/// Declared in tables.h; the engine hands these to the parser and the binder.
std::span<const OperatorDef* const> all_operators();
const OperatorDef* find_operator(std::string_view name);
/// KQL operators that are known by name only.
std::span<const std::string_view> unsupported_operators();

syntax::OperatorTable operator_syntax_table();
std::span<const OperatorBinding> operator_bindings();

}  // namespace quarry::kql
