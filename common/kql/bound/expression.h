// Expressions after binding: every name is resolved, every type known, every conversion written out
// as a call.
#pragma once

#include "common/base/source_span.h"
#include "common/kql/kernel/scalar.h"
#include "common/value/scalar.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace quarry::kql {

/// Names one column of one place in the query, unique within the query. A column keeps its id while
/// it passes unchanged through operators, so filters and needed columns travel through plans
/// without renumbering.
using ColumnId = std::uint32_t;
using ColumnSet = std::set<ColumnId>;

struct BoundColumn {
  ColumnId id = 0;
  std::string name;
  Type type = Type::kUnknown;
};

struct Expression;
/// Shared: a let's value stands in several places.
using ExpressionPtr = std::shared_ptr<const Expression>;

struct Expression {
  enum class Kind : std::uint8_t { kLiteral, kColumn, kCall };
  Kind kind = Kind::kLiteral;
  Type type = Type::kUnknown;  // kUnknown: broken, already reported
  SourceSpan span;
  Scalar literal;       // kLiteral
  ColumnId column = 0;  // kColumn
  std::string name;     // of the column or the function (operators: as spelled: "==", "has")
  ScalarKernel kernel;  // kCall
  std::vector<ExpressionPtr> arguments;
};

ExpressionPtr make_literal(Scalar value, SourceSpan span = {});
ExpressionPtr make_column(const BoundColumn& column, SourceSpan span = {});
ExpressionPtr make_call(std::string name, ScalarKernel kernel, std::vector<ExpressionPtr> arguments,
                        SourceSpan span = {});

/// Adds the ids of all columns that the expression reads.
void collect_columns(const Expression& expression, ColumnSet& columns);
/// False where the same columns may give another value at another row: rand(), new_guid(). Such an
/// expression stays where the query has it.
bool is_repeatable(const Expression& expression);
/// What stands for a column after it moved through a node.
using Substitution = std::map<ColumnId, ExpressionPtr>;
/// The expression with columns replaced; the others stay.
ExpressionPtr substitute(const ExpressionPtr& expression, const Substitution& columns);
/// Takes `a and b and c` apart.
void split_conjunction(const ExpressionPtr& expression, std::vector<ExpressionPtr>& parts);
/// KQL-like text for explain.
std::string to_text(const Expression& expression);

}  // namespace quarry::kql
