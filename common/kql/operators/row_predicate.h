// Predicates that look at whole rows: `where * has "x"`, and the terms of search.
#pragma once

#include "common/kql/bind/binder.h"

namespace quarry::kql::operators {

/// Does `*` stand on the left of an operator somewhere in it?
bool has_star(const syntax::Expression& expression);

enum class TermCase : std::uint8_t { kIgnored, kSensitive };
enum class MissingColumns : std::uint8_t {
  kReported,
  kNull  // search over several tables: a column that one of them lacks is null there
};

struct RowPredicateOptions {
  bool terms = false;  // a text by itself is a term that some column must hold
  TermCase term_case = TermCase::kIgnored;
  MissingColumns missing = MissingColumns::kReported;
};

/// A predicate over the columns of a plan.
ExpressionPtr bind_row_predicate(Binder& binder, const syntax::Expression& expression,
                                 const PlanNode& input, const RowPredicateOptions& options);

}  // namespace quarry::kql::operators
