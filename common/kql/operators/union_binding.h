// Bringing the rows of several tables together: columns are matched by name and type. union, search
// and find share it.
#pragma once

#include "common/kql/bind/binder.h"

#include <string>
#include <vector>

namespace quarry::kql::operators {

struct UnionLeg {
  PlanNodePtr input;
  std::string name;  // of the table, for the source column
};

enum class UnionColumns : std::uint8_t {
  kAll,     // a column that a leg lacks is null there
  kCommon,  // only columns that every leg has
};

/// `source_column` empty: none. The legs are at least one.
PlanNodePtr unite(Binder& binder, std::vector<UnionLeg> legs, UnionColumns which,
                  const std::string& source_column);

/// What the rows of a plan are called: the table that it reads, the name that `as` gave; empty
/// where there is none.
std::string source_name(const PlanNode& node);

/// What a table is that no input holds.
enum class NoInput : std::uint8_t { kIsError, kIsNoRow };

/// The tables that a name or wildcard means, bound; null and reported where a plain name is
/// unknown. Views of the query count too.
std::vector<UnionLeg> bind_tables(Binder& binder, const syntax::Expression& table,
                                  NoInput no_input = NoInput::kIsError);

}  // namespace quarry::kql::operators
