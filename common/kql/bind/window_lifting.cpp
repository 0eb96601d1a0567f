// Window functions leave the expressions that they stand in: each becomes a column of a node below,
// which sees the rows in order. What stands in the arguments of another (row_cumsum(x, prev(k) !=
// k)) goes one node deeper.
#include "common/kql/bind/binder.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

bool is_window(const Expression& expression) {
  return expression.kind == Expression::Kind::kCall && expression.kernel.reads != Reads::kRow;
}

bool contains_window(const Expression& expression) {
  return is_window(expression) ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const ExpressionPtr& argument) { return contains_window(*argument); });
}

class Lifting {
 public:
  explicit Lifting(Binder& binder) : binder_(binder) {}

  /// The expression with columns in the place of its window functions. `depth`: of the deepest one
  /// that was in it.
  ExpressionPtr lift(const ExpressionPtr& expression, std::size_t& depth) {
    if (!contains_window(*expression)) return expression;
    auto lifted = std::make_shared<Expression>(*expression);
    std::size_t below = 0;
    for (ExpressionPtr& argument : lifted->arguments) argument = lift(argument, below);
    depth = std::max(depth, below);
    if (!is_window(*expression)) return lifted;
    if (layers_.size() <= below) layers_.resize(below + 1);
    Layer& layer = layers_[below];
    const BoundColumn column = binder_.new_column(expression->name, expression->type);
    layer.calls.push_back(lifted);
    layer.columns.push_back(column);
    depth = std::max(depth, below + 1);
    return make_column(column, expression->span);
  }

  PlanNodePtr put_below(PlanNodePtr input) const {
    for (const Layer& layer : layers_) {
      auto node = std::make_unique<WindowNode>();
      node->calls = layer.calls;
      node->results = layer.columns;
      node->inputs.push_back(std::move(input));
      node->update_columns();
      input = std::move(node);
    }
    return input;
  }

 private:
  struct Layer {
    std::vector<ExpressionPtr> calls;
    std::vector<BoundColumn> columns;
  };
  Binder& binder_;
  std::vector<Layer> layers_;  // a layer's arguments may be columns of those before it
};

}  // namespace

PlanNodePtr Binder::lift_windows(PlanNodePtr input, std::vector<ExpressionPtr>& expressions) {
  Lifting lifting(*this);
  for (ExpressionPtr& expression : expressions) {
    std::size_t depth = 0;
    expression = lifting.lift(expression, depth);
  }
  return lifting.put_below(std::move(input));
}

}  // namespace quarry::kql
