#include "common/kql/exec/aggregate.h"

#include "common/kql/exec/aggregate_parts.h"

#include <algorithm>

namespace quarry::exec {

struct Aggregate::State final : SinkState {
  explicit State(Worker& owner) : worker(owner) {}
  Worker& worker;
};

namespace {

/// Rows whose predicate is true.
IndexBuffer true_rows(const Column& verdict) {
  const Cells<Type::kBool> cells(verdict);
  auto rows = std::make_shared<std::vector<std::uint32_t>>();
  for (std::size_t i = 0; i < verdict.rows(); ++i) {
    if (!cells.is_null(i) && cells[i] != 0) rows->push_back(static_cast<std::uint32_t>(i));
  }
  return rows;
}

}  // namespace

Aggregate::Aggregate(AggregatePlan plan) : plan_(std::move(plan)) {
  for (const Expression& key : plan_.keys) key_types_.push_back(key.type);
  for (const AggregateStep& step : plan_.steps) {
    state_offsets_.push_back(state_bytes_);
    state_bytes_ += (step.kernel.state_size + 7) & ~std::size_t{7};
    ordered_ = ordered_ || step.kernel.needs_order;
  }
}

Aggregate::~Aggregate() = default;

void Aggregate::init_states(RowTable& table, std::span<std::byte* const> rows) {
  for (std::size_t s = 0; s < plan_.steps.size(); ++s) {
    for (std::byte* row : rows) plan_.steps[s].kernel.init(table.state(row) + state_offsets_[s]);
  }
}

void Aggregate::destroy_states(RowTable& table) {
  for (std::size_t s = 0; s < plan_.steps.size(); ++s) {
    const auto destroy = plan_.steps[s].kernel.destroy;
    if (destroy == nullptr) continue;
    for (std::byte* row : table.rows()) destroy(table.state(row) + state_offsets_[s]);
  }
}

Result<std::unique_ptr<SinkState>> Aggregate::make_state(const ExecContext& context) {
  context_ = &context;
  auto worker = std::make_unique<Worker>(*this);
  for (const Expression& key : plan_.keys) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(key, context.run));
    worker->keys.push_back(std::move(evaluator));
  }
  for (const AggregateStep& step : plan_.steps) {
    auto& arguments = worker->arguments.emplace_back();
    std::vector<const Scalar*> constants;
    for (const Expression& argument : step.arguments) {
      QUARRY_TRY(Evaluator evaluator, Evaluator::make(argument, context.run));
      arguments.push_back(std::move(evaluator));
      constants.push_back(argument.kind == Expression::Kind::kConstant ? &argument.constant
                                                                       : nullptr);
    }
    auto& predicate = worker->predicates.emplace_back();
    if (step.predicate) {
      QUARRY_TRY(predicate, Evaluator::make(*step.predicate, context.run));
    }
    auto& kernel_state = worker->kernel_states.emplace_back();
    if (step.kernel.prepare != nullptr) {
      QUARRY_TRY(kernel_state, step.kernel.prepare(context.run, constants));
    }
  }
  parts_.push_back(std::move(worker));
  return std::unique_ptr<SinkState>(std::make_unique<State>(*parts_.back()));
}

Result<Flow> Aggregate::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  Worker& worker = static_cast<State&>(state).worker;
  std::vector<Column> keys;
  for (Evaluator& key : worker.keys) keys.push_back(key.evaluate(batch));
  Groups& groups = worker.groups;
  groups.table->find_or_add(keys, batch.rows(), first, groups.rows, groups.added);
  if (!groups.added.empty()) {
    init_states(*groups.table, groups.added);
    QUARRY_CHECK(groups.account());
  }
  for (std::size_t s = 0; s < plan_.steps.size(); ++s) update(worker, s, batch, first);
  groups.fed += batch.rows();
  if (context_->memory == nullptr || ++worker.batches % kBatchesPerCheck != 0)
    return Flow::kMoreInput;
  if (groups.should_spill()) QUARRY_CHECK(write(groups, 0, worker.partitions));
  QUARRY_CHECK(context_->memory->check_process());
  return Flow::kMoreInput;
}

void Aggregate::update(Worker& worker, std::size_t s, const Batch& batch, kql::RowOrder first) {
  std::vector<Column> arguments;
  for (Evaluator& argument : worker.arguments[s]) arguments.push_back(argument.evaluate(batch));
  Groups& groups = worker.groups;
  groups.states.resize(batch.rows());
  for (std::size_t i = 0; i < batch.rows(); ++i)
    groups.states[i] = groups.table->state(groups.rows[i]) + state_offsets_[s];
  const kql::AggregateKernel& kernel = plan_.steps[s].kernel;
  kql::KernelState* const kernel_state = worker.kernel_states[s].get();
  if (!worker.predicates[s]) {
    kql::AggregateCall call{context_->run, kernel_state, arguments, groups.states, first};
    kernel.update(call);
    return;
  }
  // Selected rows get places without gaps: smaller than their own, in the same order, and below
  // every later batch's.
  const IndexBuffer kept = true_rows(worker.predicates[s]->evaluate(batch));
  std::vector<std::byte*> states;
  for (const std::uint32_t row : *kept) states.push_back(groups.states[row]);
  for (Column& argument : arguments) argument = Column::select(argument, kept);
  kql::AggregateCall call{context_->run, kernel_state, arguments, states, first};
  kernel.update(call);
}

void Aggregate::merge(Groups& into, Groups& from) {
  for (std::byte* row : from.table->rows()) {
    bool is_new = false;
    std::byte* const target = into.table->find_or_add(row, is_new);
    if (is_new) init_states(*into.table, {&target, 1});
    for (std::size_t s = 0; s < plan_.steps.size(); ++s) {
      plan_.steps[s].kernel.merge(into.table->state(target) + state_offsets_[s],
                                  from.table->state(row) + state_offsets_[s]);
    }
  }
}

Result<void> Aggregate::finish(const ExecContext& context) {
  const bool spilled = std::any_of(parts_.begin(), parts_.end(), [](const auto& part) {
    return !part->partitions.empty() || part->groups.should_spill();
  });
  return spilled ? finish_spilled() : merge_all(context);
}

/// In memory.
Result<void> Aggregate::merge_all(const ExecContext& context) {
  Groups& all = parts_.front()->groups;
  for (std::size_t i = 1; i < parts_.size(); ++i) {
    merge(all, parts_[i]->groups);
    QUARRY_CHECK(all.account());
  }
  if (plan_.one_row_when_empty && all.table->rows().empty()) {
    all.table->find_or_add({}, 1, 0, all.rows, all.added);
    init_states(*all.table, all.added);
  }
  const std::vector<std::byte*> groups = all.table->rows_in_order();
  for (std::size_t begin = 0; begin < groups.size(); begin += context.batch_rows) {
    const std::size_t count = std::min(context.batch_rows, groups.size() - begin);
    rows_->batches.push_back(result_batch(all, std::span(groups).subspan(begin, count)));
  }
  return {};
}

Batch Aggregate::result_batch(Groups& groups, std::span<std::byte* const> rows) {
  std::vector<Column> columns;
  for (std::size_t k = 0; k < key_types_.size(); ++k)
    columns.push_back(groups.table->key_column(k, rows));
  for (std::size_t s = 0; s < plan_.steps.size(); ++s) {
    std::vector<std::byte*> states;
    for (std::byte* row : rows) states.push_back(groups.table->state(row) + state_offsets_[s]);
    std::vector<Type> types;
    for (const Expression& argument : plan_.steps[s].arguments) types.push_back(argument.type);
    kql::FinishCall call{context_->run, parts_.front()->kernel_states[s].get(), types, states,
                         columns};
    plan_.steps[s].kernel.finish(call);
  }
  return Batch(std::move(columns), rows.size());
}

}  // namespace quarry::exec
