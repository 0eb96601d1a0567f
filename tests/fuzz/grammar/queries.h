// Whole queries, grown operator by operator: what the engine's check accepts stays, and its result
// columns are what the next operator works with.
#pragma once

#include "tests/fuzz/engine/run.h"
#include "tests/fuzz/grammar/expressions.h"
#include "tests/fuzz/grammar/syntax_text.h"
#include "tests/fuzz/random.h"

#include <functional>
#include <set>
#include <span>
#include <string>

namespace quarry::fuzz {

struct Query {
  std::string text;
  std::set<std::uint32_t> functions;  ///< indices into Catalogue::functions
  std::set<std::uint32_t> operators;  ///< indices into kql::all_operators()
  std::set<std::uint32_t> plugins;    ///< indices into all_plugins()
  bool repeatable = true;             ///< the same answer in every shape
  bool broken = false;                ///< characters were changed at the end
};

/// `before_check` sees each text before the engine does: what to report when that crashes.
Query random_query(Random& random, std::span<const InputTable> tables,
                   const std::function<void(const std::string&)>& before_check);

}  // namespace quarry::fuzz
