// Expressions of a wanted type over the columns at hand.
#pragma once

#include "common/value/type.h"
#include "tests/fuzz/grammar/signatures.h"
#include "tests/fuzz/random.h"

#include <set>
#include <string>
#include <vector>

namespace quarry::fuzz {

/// What an expression may use.
struct Scope {
  std::vector<ColumnSchema> columns;  ///< names as a query writes them
  std::vector<std::string> tables;
  bool serialized = false;  ///< rows have an order: window functions fit
};

class ExpressionMaker {
 public:
  ExpressionMaker(Random& random, const Scope& scope) : random_(random), scope_(scope) {}

  std::string of(Type type, int depth);
  std::string any(int depth) { return of(a_type(), depth); }
  std::string aggregate(int depth);
  /// A column, of the type if there is one; of any type for kUnknown.
  std::string column(Type type);
  Type a_type();

  /// Functions used so far: indices into Catalogue::functions.
  const std::set<std::uint32_t>& used() const { return used_; }

 private:
  std::string call(const Signature& signature, int depth);
  std::string argument(const Signature& signature, std::size_t index, int depth);
  const Signature* choose(Place place, Type type);

  Random& random_;
  const Scope& scope_;
  std::set<std::uint32_t> used_;
};

/// `name`, or ['na me'] where it is no plain word.
std::string written_name(const std::string& name);

}  // namespace quarry::fuzz
