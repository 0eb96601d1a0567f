#include "common/kql/exec/window.h"

#include "common/value/builder.h"

#include <algorithm>
#include <deque>

namespace quarry::exec {
namespace {

struct Waiting {
  Batch rows;
  std::vector<Column> values;  // of each step
};

}  // namespace

struct Window::State final : OperatorState {
  std::vector<Evaluator> evaluators;
  std::vector<std::optional<Evaluator>> fallbacks;
  std::deque<Waiting> waiting;
  std::size_t rows = 0;  // in all that wait
  bool taken = false;    // the input at hand is among them
};

Window::Window(std::vector<WindowStep> steps) : steps_(std::move(steps)) {
  for (const WindowStep& step : steps_) farthest_ = std::max(farthest_, step.ahead.value_or(0));
}

Result<std::unique_ptr<OperatorState>> Window::make_state(const ExecContext& context) const {
  auto state = std::make_unique<State>();
  for (const WindowStep& step : steps_) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(step.expression, context.run));
    state->evaluators.push_back(std::move(evaluator));
    auto& fallback = state->fallbacks.emplace_back();
    if (!step.fallback) continue;
    QUARRY_TRY(fallback, Evaluator::make(*step.fallback, context.run));
  }
  return std::unique_ptr<OperatorState>(std::move(state));
}

Result<Flow> Window::push(OperatorState& base, const Batch& in, Batch& out) const {
  auto& state = static_cast<State&>(base);
  if (!state.taken) {
    Waiting& last = state.waiting.emplace_back(Waiting{in, {}});
    for (Evaluator& evaluator : state.evaluators) last.values.push_back(evaluator.evaluate(in));
    state.rows += in.rows();
    state.taken = true;
  }
  const auto front_is_ready = [&] {
    return !state.waiting.empty() && state.rows - state.waiting.front().rows.rows() >= farthest_;
  };
  if (front_is_ready()) out = take_front(state);
  state.taken = front_is_ready();
  return state.taken ? Flow::kMoreOutput : Flow::kMoreInput;
}

Result<Flow> Window::finish(OperatorState& base, Batch& out) const {
  auto& state = static_cast<State&>(base);
  if (state.waiting.empty()) return Flow::kDone;
  out = take_front(state);
  return Flow::kMoreOutput;
}

Batch Window::take_front(State& state) const {
  Waiting& front = state.waiting.front();
  Batch out = front.rows;
  const std::size_t rows = out.rows();
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    const Column& values = front.values[s];
    if (!steps_[s].ahead) {
      out.add(values);
      continue;
    }
    const Column fallback = state.fallbacks[s] ? state.fallbacks[s]->evaluate(front.rows)
                                               : Column::all_null(values.type(), rows);
    const auto builder = make_builder(values.type(), rows);
    auto source = state.waiting.begin();
    std::size_t first = 0;  // place of the source's first row, counted from the front's
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t wanted = row + *steps_[s].ahead;
      while (source != state.waiting.end() && wanted >= first + source->rows.rows()) {
        first += source->rows.rows();
        ++source;
      }
      if (source != state.waiting.end())
        builder->append_from(source->values[s], wanted - first);
      else
        builder->append_from(fallback, row);
    }
    out.add(builder->finish());
  }
  state.rows -= rows;
  state.waiting.pop_front();
  return out;
}

}  // namespace quarry::exec
