#include "common/kql/exec/expression.h"

namespace quarry::exec {

Expression Expression::of_constant(Scalar value) {
  Expression result;
  result.kind = Kind::kConstant;
  result.type = value.type();
  result.constant = std::move(value);
  result.cost = 0;
  return result;
}

Expression Expression::of_column(std::size_t position, Type type) {
  Expression result;
  result.kind = Kind::kColumn;
  result.type = type;
  result.column = position;
  result.cost = 0;
  return result;
}

Expression Expression::of_call(kql::ScalarKernel kernel, std::vector<Expression> arguments) {
  Expression result;
  result.kind = Kind::kCall;
  result.type = kernel.result;
  result.kernel = kernel;
  result.arguments = std::move(arguments);
  result.cost = 1.0F;
  for (const Expression& argument : result.arguments) {
    result.cost += argument.cost;
    if (argument.kind == Kind::kColumn && cell_size(argument.type) > 8)
      result.cost += 1.0F;  // text costs more than numbers
  }
  return result;
}

Result<Evaluator> Evaluator::make(const Expression& expression, const kql::RunContext& run) {
  Evaluator result;
  result.run_ = &run;
  QUARRY_TRY(result.root_, make_node(expression, run));
  return result;
}

Result<Evaluator::Node> Evaluator::make_node(const Expression& expression,
                                             const kql::RunContext& run) {
  Node node;
  node.expression = &expression;
  if (expression.kind == Expression::Kind::kConstant)
    node.constant = expression.constant.as_column(1);
  std::vector<const Scalar*> constants;
  for (const Expression& argument : expression.arguments) {
    QUARRY_TRY(Node child, make_node(argument, run));
    node.arguments.push_back(std::move(child));
    constants.push_back(argument.kind == Expression::Kind::kConstant ? &argument.constant
                                                                     : nullptr);
  }
  if (expression.kernel.prepare != nullptr) {
    QUARRY_TRY(node.state, expression.kernel.prepare(run, constants));
  }
  return node;
}

Column Evaluator::evaluate(const Batch& batch) { return evaluate(root_, batch); }

Column Evaluator::evaluate(Node& node, const Batch& batch) {
  const Expression& expression = *node.expression;
  switch (expression.kind) {
    case Expression::Kind::kConstant:
      return Column::constant(node.constant, batch.rows());
    case Expression::Kind::kColumn:
      return batch.column(expression.column);
    case Expression::Kind::kCall:
      break;
  }
  node.values.clear();
  for (Node& argument : node.arguments) node.values.push_back(evaluate(argument, batch));
  kql::KernelCall call{*run_, node.state.get(), node.values, batch.rows()};
  Column result = expression.kernel.run(call);
  node.values.clear();
  return result;
}

}  // namespace quarry::exec
