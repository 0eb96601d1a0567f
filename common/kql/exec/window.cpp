#include "common/kql/exec/window.h"

#include "common/kql/exec/spill/batch_queue.h"
#include "common/value/builder.h"

#include <algorithm>
#include <utility>

namespace quarry::exec {
namespace {

/// Values of a step, read so many rows ahead of the rows that they stand beside.
class Ahead {
 public:
  Ahead(Type type, std::size_t distance, const ExecContext& context)
      : type_(type), skip_(distance), values_({type}, context) {}

  Result<void> push(const Column& values) { return values_.push(Batch({values}, values.rows())); }

  /// The values for the next rows; from `fallback`, which has one a row, where the input has ended.
  Result<Column> next(const Column& fallback) {
    const auto out = make_builder(type_, fallback.rows());
    const std::size_t rows = fallback.rows();
    std::size_t row = 0;
    while (row < rows) {
      QUARRY_TRY(const bool found, find());
      if (!found) break;
      const std::size_t count = std::min(rows - row, batch_.rows() - at_);
      for (std::size_t i = 0; i < count; ++i) out->append_from(batch_.column(0), at_ + i);
      row += count;
      at_ += count;
    }
    for (; row < rows; ++row) out->append_from(fallback, row);
    return out->finish();
  }

 private:
  /// The next value's batch; false at the end.
  Result<bool> find() {
    while (true) {
      const std::size_t left = batch_.rows() - at_;
      if (skip_ < left) break;
      skip_ -= left;
      at_ = 0;
      QUARRY_TRY(const bool more, values_.pop(batch_));
      if (more) continue;
      batch_ = Batch();
      skip_ = 0;
      return false;
    }
    at_ += skip_;
    skip_ = 0;
    return true;
  }

  Type type_;
  std::size_t skip_;  // values that no row looks at: the first ones
  BatchQueue values_;
  Batch batch_;
  std::size_t at_ = 0;
};

}  // namespace

struct Window::State final : OperatorState {
  explicit State(const ExecContext& exec) : context(exec) {}
  const ExecContext& context;
  std::vector<Evaluator> evaluators;
  std::vector<std::optional<Evaluator>> fallbacks;
  std::vector<std::optional<Ahead>> ahead;  // of the steps that look ahead
  std::optional<BatchQueue> waiting;        // rows and the values of the other steps
  Batch front;                              // taken from it
  std::size_t rows = 0;                     // in `front` and all that wait
  bool taken = false;                       // the input at hand is among them

  bool front_is_ready(std::size_t farthest) const {
    return front.rows() > 0 && rows - front.rows() >= farthest;
  }
  /// Makes sure that there is a front where there are rows.
  Result<void> fill_front() {
    if (front.rows() > 0 || !waiting) return {};
    QUARRY_TRY(const bool more, waiting->pop(front));
    if (!more) front = Batch();
    return {};
  }
};

Window::Window(std::vector<WindowStep> steps) : steps_(std::move(steps)) {
  for (const WindowStep& step : steps_) farthest_ = std::max(farthest_, step.ahead.value_or(0));
}

Result<std::unique_ptr<OperatorState>> Window::make_state(const ExecContext& context) const {
  auto state = std::make_unique<State>(context);
  for (const WindowStep& step : steps_) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(step.expression, context.run));
    state->evaluators.push_back(std::move(evaluator));
    auto& ahead = state->ahead.emplace_back();
    if (step.ahead) ahead.emplace(step.expression.type, *step.ahead, context);
    auto& fallback = state->fallbacks.emplace_back();
    if (!step.fallback) continue;
    QUARRY_TRY(fallback, Evaluator::make(*step.fallback, context.run));
  }
  return std::unique_ptr<OperatorState>(std::move(state));
}

Result<void> Window::take(State& state, const Batch& in) const {
  Batch rows = in;
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    Column values = state.evaluators[s].evaluate(in);
    if (state.ahead[s])
      QUARRY_CHECK(state.ahead[s]->push(values));
    else
      rows.add(std::move(values));
  }
  if (!state.waiting) {
    std::vector<Type> types;
    for (const Column& column : rows.columns()) types.push_back(column.type());
    state.waiting.emplace(std::move(types), state.context);
  }
  state.rows += rows.rows();
  return state.waiting->push(std::move(rows));
}

Result<Flow> Window::push(OperatorState& base, const Batch& in, Batch& out) const {
  auto& state = static_cast<State&>(base);
  if (!state.taken) {
    QUARRY_CHECK(take(state, in));
    state.taken = true;
  }
  QUARRY_CHECK(state.fill_front());
  if (state.front_is_ready(farthest_)) {
    QUARRY_TRY(out, take_front(state));
    QUARRY_CHECK(state.fill_front());
  }
  state.taken = state.front_is_ready(farthest_);
  return state.taken ? Flow::kMoreOutput : Flow::kMoreInput;
}

Result<Flow> Window::finish(OperatorState& base, Batch& out) const {
  auto& state = static_cast<State&>(base);
  QUARRY_CHECK(state.fill_front());
  if (state.front.rows() == 0) return Flow::kDone;
  QUARRY_TRY(out, take_front(state));
  return Flow::kMoreOutput;
}

/// Puts the columns of the steps in their order behind the input's.
Result<Batch> Window::take_front(State& state) const {
  const Batch front = std::exchange(state.front, Batch());
  const std::size_t rows = front.rows();
  std::size_t next_value = front.column_count();
  for (const auto& ahead : state.ahead) next_value -= ahead ? 0 : 1;
  Batch out(
      {front.columns().begin(), front.columns().begin() + static_cast<std::ptrdiff_t>(next_value)},
      rows);
  const Batch input = out;
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    if (!state.ahead[s]) {
      out.add(front.column(next_value++));
      continue;
    }
    const Column fallback = state.fallbacks[s] ? state.fallbacks[s]->evaluate(input)
                                               : Column::all_null(steps_[s].expression.type, rows);
    QUARRY_TRY(Column values, state.ahead[s]->next(fallback));
    out.add(std::move(values));
  }
  state.rows -= rows;
  return out;
}

}  // namespace quarry::exec
