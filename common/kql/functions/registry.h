// Look-up over all function tables. Built once per process from functions/tables.h; read-only
// afterwards.
#pragma once

#include "common/kql/functions/foreign_functions.h"
#include "common/kql/functions/function.h"
#include "common/kql/functions/language.h"

#include <span>
#include <string_view>
#include <vector>

namespace quarry::kql {

class FunctionRegistry {
 public:
  /// Tables as listed in tables.h.
  static const FunctionRegistry& built_in();

  /// By name or alias; nullptr where there is none. Names are case-sensitive, as in KQL.
  const FunctionDef* scalar(std::string_view name) const;
  /// By name, alias or predicate form; `predicate` says whether the predicate form was named.
  struct AggregateMatch {
    const AggregateDef* def = nullptr;
    bool predicate = false;
  };
  AggregateMatch aggregate(std::string_view name) const;
  /// KQL names that are known but not supported yet (from facts about the language), for the error
  /// message.
  bool is_known_unsupported(std::string_view name) const;

  struct Entry {
    std::string_view family;
    const FunctionDef* scalar = nullptr;
    const AggregateDef* aggregate = nullptr;
  };
  /// All that are not hidden, by name.
  std::vector<Entry> entries() const;
  /// Every name that a user may write (for suggestions): scalars, aggregates, aliases.
  std::vector<std::string_view> names() const;

 private:
  FunctionRegistry();
  struct Index;
  std::shared_ptr<const Index> index_;
};

}  // namespace quarry::kql
