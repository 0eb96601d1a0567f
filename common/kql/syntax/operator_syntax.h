// What the parser knows of a tabular operator; each operator's file fills one in, engine.cpp hands
// the table over.
#pragma once

#include "common/kql/syntax/ast.h"

#include <span>
#include <string_view>

namespace quarry::kql::syntax {

class Parser;

struct OperatorSyntax {
  std::string_view name;
  std::span<const std::string_view> aliases{};
  bool may_start = false;  // may begin a query: print, range, union, search
  /// Called behind the keyword. Reports its errors and returns what it has; never null.
  OperatorNode* (*parse)(Parser& parser) = nullptr;
};

struct OperatorTable {
  std::span<const OperatorSyntax* const> supported{};
  /// KQL operators that exist but are not supported yet.
  std::span<const std::string_view> known{};
  /// Why a name can have no meaning here at all; empty for others.
  std::string_view (*never)(std::string_view name) = nullptr;

  const OperatorSyntax* find(std::string_view name) const;
  bool is_known(std::string_view name) const;
};

}  // namespace quarry::kql::syntax
