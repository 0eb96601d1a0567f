// Which columns a predicate names in its text, and whether it looks at whole rows: find shows and
// chooses tables by that.
#pragma once

#include "common/kql/syntax/ast.h"

#include <vector>

namespace quarry::kql::operators {

struct PredicateNames {
  std::vector<const syntax::Name*> names;  // each spelling once, in order
  bool whole_row = false;                  // `*`, or a term by itself
};

PredicateNames names_in_predicate(const syntax::Expression& predicate);

}  // namespace quarry::kql::operators
