// Expressions compiled for one batch layout: constants, columns by position, kernel calls.
// Immutable and shared by all workers; each worker evaluates with an Evaluator of its own. No names
// in here: plan/ has resolved them.
#pragma once

#include "common/base/result.h"
#include "common/kql/kernel/scalar.h"
#include "common/value/batch.h"
#include "common/value/scalar.h"

#include <memory>
#include <vector>

namespace quarry::exec {

struct Expression {
  enum class Kind : std::uint8_t { kConstant, kColumn, kCall };
  Kind kind = Kind::kConstant;
  Type type = Type::kUnknown;
  Scalar constant;           // kConstant
  std::size_t column = 0;    // kColumn: position in the batch
  kql::ScalarKernel kernel;  // kCall
  std::vector<Expression> arguments;
  float cost = 1.0F;  // relative; orders the conjuncts of a filter

  static Expression of_constant(Scalar value);
  static Expression of_column(std::size_t position, Type type);
  static Expression of_call(kql::ScalarKernel kernel, std::vector<Expression> arguments);
};

/// A worker's way to evaluate one expression: kernel states and constant columns, made once.
class Evaluator {
 public:
  /// Fails where a constant argument does not compile (a bad regex); the binder has met that
  /// before.
  static Result<Evaluator> make(const Expression& expression, const kql::RunContext& run);

  /// One column of batch.rows() rows.
  Column evaluate(const Batch& batch);

 private:
  struct Node {
    const Expression* expression = nullptr;
    std::unique_ptr<kql::KernelState> state;
    Column constant;  // one row
    std::vector<Node> arguments;
    std::vector<Column> values;  // scratch for the arguments of a call
  };
  static Result<Node> make_node(const Expression& expression, const kql::RunContext& run);
  Column evaluate(Node& node, const Batch& batch);

  const kql::RunContext* run_ = nullptr;
  Node root_;
};

}  // namespace quarry::exec
