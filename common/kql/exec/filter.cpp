#include "common/kql/exec/filter.h"

#include <algorithm>
#include <numeric>

namespace quarry::exec {
namespace {

constexpr unsigned kReorderEvery = 16;

/// Appends the rows whose value is true, as numbers of the batch: `map[i]` for row i, or i itself
/// without a map.
void keep_true(const Column& verdict, const std::vector<std::uint32_t>* map,
               std::vector<std::uint32_t>& kept) {
  const Cells<Type::kBool> cells(verdict);
  const std::size_t rows = verdict.rows();
  kept.resize(rows);
  std::size_t count = 0;
  if (cells.is_flat() && !cells.has_nulls()) {
    const std::uint8_t* values = cells.data();
    for (std::size_t i = 0; i < rows; ++i) {
      kept[count] = map != nullptr ? (*map)[i] : static_cast<std::uint32_t>(i);
      count += values[i] != 0 ? 1 : 0;
    }
  } else {
    for (std::size_t i = 0; i < rows; ++i) {
      kept[count] = map != nullptr ? (*map)[i] : static_cast<std::uint32_t>(i);
      count += !cells.is_null(i) && cells[i] != 0 ? 1 : 0;
    }
  }
  kept.resize(count);
}

struct FilterState final : OperatorState {
  Selector selector;
  std::vector<std::uint32_t> kept;
};

struct RowFilterState final : table::RowFilter::State {
  Selector selector;
  std::optional<Error> error;
};

}  // namespace

Result<Selector> Selector::make(const Conjunction& conjunction, const kql::RunContext& run) {
  Selector result;
  for (const Expression& expression : conjunction.parts) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(expression, run));
    result.parts_.push_back(Part{std::move(evaluator), expression.cost});
  }
  std::stable_sort(result.parts_.begin(), result.parts_.end(),
                   [](const Part& a, const Part& b) { return a.cost < b.cost; });
  return result;
}

/// Cost for each row thrown out: the classic order for independent predicates.
float Selector::Part::rank() const {
  if (seen == 0) return cost;
  const float dropped = 1.0F - static_cast<float>(passed) / static_cast<float>(seen);
  return cost / std::max(dropped, 0.001F);
}

void Selector::reorder() {
  std::stable_sort(parts_.begin(), parts_.end(),
                   [](const Part& a, const Part& b) { return a.rank() < b.rank(); });
}

void Selector::select(const Batch& batch, std::vector<std::uint32_t>& kept) {
  if (parts_.size() > 1 && ++batches_ % kReorderEvery == 0) reorder();
  bool first = true;
  for (Part& part : parts_) {
    if (first) {
      keep_true(part.evaluator.evaluate(batch), nullptr, kept);
      part.seen += batch.rows();
    } else {
      if (kept.empty()) return;
      const auto rows = std::make_shared<std::vector<std::uint32_t>>(std::move(kept));
      kept = {};
      keep_true(part.evaluator.evaluate(batch.selected(rows)), rows.get(), kept);
      part.seen += rows->size();
    }
    part.passed += kept.size();
    first = false;
  }
  if (first) {
    kept.resize(batch.rows());
    std::iota(kept.begin(), kept.end(), 0U);
  }
}

Result<std::unique_ptr<OperatorState>> Filter::make_state(const ExecContext& context) const {
  auto state = std::make_unique<FilterState>();
  QUARRY_TRY(state->selector, Selector::make(*conjunction_, context.run));
  return std::unique_ptr<OperatorState>(std::move(state));
}

Result<Flow> Filter::push(OperatorState& state, const Batch& in, Batch& out) const {
  auto& mine = static_cast<FilterState&>(state);
  mine.selector.select(in, mine.kept);
  if (mine.kept.size() == in.rows()) {
    out = in;  // nothing filtered: pass the input on
  } else if (!mine.kept.empty()) {
    out = in.selected(std::make_shared<std::vector<std::uint32_t>>(std::move(mine.kept)));
    mine.kept = {};
  }
  return Flow::kMoreInput;
}

std::unique_ptr<table::RowFilter::State> ConjunctionRowFilter::make_state() const {
  auto state = std::make_unique<RowFilterState>();
  if (auto selector = Selector::make(conjunction_, context_.run))
    state->selector = std::move(*selector);
  else
    state->error = selector.error();
  return state;
}

Result<void> ConjunctionRowFilter::select(State& state, const Batch& batch,
                                          std::vector<std::uint32_t>& kept) const {
  auto& mine = static_cast<RowFilterState&>(state);
  if (mine.error) return fail(*mine.error);
  mine.selector.select(batch, kept);
  return {};
}

}  // namespace quarry::exec
