#include "common/kql/exec/match_steps.h"

#include "common/kql/exec/row_table.h"
#include "common/value/builder.h"

#include <algorithm>

namespace quarry::exec {
namespace {

constexpr std::size_t kStateBytes = 256;  // of a step of one sequence, with its record

/// Cells of one row, each as a column of its own. Shared: a sequence's earlier records move on with
/// it.
using Record = std::shared_ptr<const std::vector<Column>>;

/// Where a step stands.
struct StepState {
  bool active = false;
  std::int64_t match = 0;
  std::vector<Record> records;  // of the steps up to this one
  std::vector<Column> last;     // output=last: the row to give when the step is left; empty: none
};
using Sequences = std::vector<StepState>;

struct StepEvaluators {
  Evaluator condition;
  std::vector<std::optional<Evaluator>> values;
};

class Machine final : public OperatorState {
 public:
  Machine(const MatchPlan& plan, std::vector<StepEvaluators> evaluators,
          std::vector<Evaluator> partition, MemoryBudget* memory)
      : plan_(plan),
        share_(memory),
        evaluators_(std::move(evaluators)),
        partition_(std::move(partition)),
        table_(partition_types(plan), sizeof(std::uint64_t)) {
    for (const Scalar& value : plan.defaults) defaults_.push_back(value.as_column(1));
    for (const Type type : plan.input_types) {
      nulls_.push_back(Column::all_null(type, 1));
      output_.push_back(make_builder(type));
    }
    for (const Scalar& value : plan.defaults) output_.push_back(make_builder(value.type()));
    if (plan.partition.empty()) sequences_.emplace_back(plan.steps.size());
  }

  Result<Batch> run(const Batch& in) {
    in_ = &in;
    conditions_.assign(plan_.steps.size(), std::nullopt);
    std::vector<std::size_t> sequence_of_row = sequences_of(in);
    for (row_ = 0; row_ < in.rows(); ++row_) {
      sequences_at_ = &sequences_[sequence_of_row.empty() ? 0 : sequence_of_row[row_]];
      for (std::size_t step = plan_.steps.size(); step-- > 0;) try_step(step);
    }
    QUARRY_CHECK(
        share_.resize(table_.memory() + sequences_.size() * plan_.steps.size() * kStateBytes));
    return take_output();
  }

  /// Rows that output=last still holds back.
  Batch run_end() {
    for (Sequences& sequences : sequences_) {
      for (StepState& state : sequences) give_last(state);
    }
    return take_output();
  }

 private:
  static std::vector<Type> partition_types(const MatchPlan& plan) {
    std::vector<Type> types;
    for (const Expression& key : plan.partition) types.push_back(key.type);
    return types;
  }

  std::vector<std::size_t> sequences_of(const Batch& in) {
    std::vector<std::size_t> result;
    if (partition_.empty() || in.rows() == 0) return result;
    std::vector<Column> keys;
    for (Evaluator& key : partition_) keys.push_back(key.evaluate(in));
    std::vector<std::byte*> places;
    std::vector<std::byte*> added;
    table_.find_or_add(keys, in.rows(), 0, places, added);
    for (std::byte* const place : places) {
      auto& number =
          *reinterpret_cast<std::uint64_t*>(table_.state(place));  // place in sequences_ + 1
      if (number == 0) {
        sequences_.emplace_back(plan_.steps.size());
        number = sequences_.size();
      }
      result.push_back(static_cast<std::size_t>(number - 1));
    }
    return result;
  }

  void try_step(std::size_t step) {
    StepState& here = (*sequences_at_)[step];
    if (step > 0) {
      StepState& before = (*sequences_at_)[step - 1];
      if (before.active && holds(step, before.records)) {
        give_last(before);
        give_last(here);
        here = std::move(before);
        before = StepState();
        return matched(step, here);
      }
    }
    if (!here.active && step > 0) return;
    if (!holds(step, here.records)) return;
    if (!here.active) {
      here.active = true;
      here.match = next_match_++;
    }
    matched(step, here);
  }

  bool holds(std::size_t step, const std::vector<Record>& records) {
    const MatchStep& rules = plan_.steps[step];
    const bool stateless =
        std::none_of(rules.condition.columns.begin(), rules.condition.columns.end(),
                     [](const StepColumn& column) { return column.step.has_value(); });
    if (!stateless)
      return is_true(evaluate(rules.condition, evaluators_[step].condition, records), 0);
    if (!conditions_[step]) {  // the whole batch at once
      Batch columns({}, in_->rows());
      for (const StepColumn& column : rules.condition.columns)
        columns.add(in_->column(column.column));
      conditions_[step] = evaluators_[step].condition.evaluate(columns);
    }
    return is_true(*conditions_[step], row_);
  }

  static bool is_true(const Column& column, std::size_t row) {
    const Cells<Type::kBool> cells(column);
    return !cells.is_null(row) && cells[row] != 0;
  }

  Column evaluate(const StepExpression& rules, Evaluator& evaluator,
                  const std::vector<Record>& records) const {
    Batch cells({}, 1);
    for (const StepColumn& column : rules.columns) {
      if (!column.step)
        cells.add(in_->column(column.column).slice(row_, 1));
      else if (*column.step < records.size())
        cells.add((*records[*column.step])[column.column]);
      else
        cells.add(missing(plan_.steps[*column.step].kept[column.column]));
    }
    return evaluator.evaluate(cells);
  }

  /// What is read of a step that has no record: null, or the default of a declared column.
  const Column& missing(const KeptColumn& kept) const {
    return kept.declared ? defaults_[kept.column] : nulls_[kept.column];
  }

  void matched(std::size_t step, StepState& state) {
    const MatchStep& rules = plan_.steps[step];
    std::vector<Column> declared;
    for (std::size_t i = 0; i < rules.values.size(); ++i) {
      declared.push_back(
          rules.values[i] ? evaluate(*rules.values[i], *evaluators_[step].values[i], state.records)
                          : defaults_[i]);
    }
    auto record = std::make_shared<std::vector<Column>>();
    for (const KeptColumn& kept : rules.kept) {
      record->push_back(
          (kept.declared ? declared[kept.column] : in_->column(kept.column).slice(row_, 1))
              .owned());
    }
    state.records.resize(step);
    state.records.push_back(std::move(record));
    if (rules.output == StepOutput::kAll) return give(declared, state.match);
    if (rules.output == StepOutput::kNone) return;
    state.last.clear();
    for (const Column& column : in_->columns()) state.last.push_back(column.slice(row_, 1).owned());
    for (const Column& column : declared) state.last.push_back(column.owned());
  }

  void give(const std::vector<Column>& declared, std::int64_t match) {
    const std::size_t width = plan_.input_types.size();
    for (std::size_t i = 0; i < width; ++i) output_[i]->append_from(in_->column(i), row_);
    for (std::size_t i = 0; i < declared.size(); ++i)
      output_[width + i]->append_from(declared[i], 0);
    matches_.append(match);
  }

  void give_last(StepState& state) {
    if (state.last.empty() || !state.active) return;
    for (std::size_t i = 0; i < output_.size(); ++i) output_[i]->append_from(state.last[i], 0);
    matches_.append(state.match);
    state.last.clear();
  }

  Batch take_output() {
    Batch out({}, matches_.rows());
    for (const auto& builder : output_) out.add(builder->finish());
    Column matches = matches_.finish();
    if (plan_.with_match_id) out.add(std::move(matches));
    return out;
  }

  const MatchPlan& plan_;
  MemoryShare share_;
  std::vector<StepEvaluators> evaluators_;
  std::vector<Evaluator> partition_;
  RowTable table_;
  std::vector<Column> defaults_;
  std::vector<Column> nulls_;
  std::vector<Sequences> sequences_;
  std::vector<std::unique_ptr<AnyBuilder>> output_;
  ColumnBuilder<Type::kLong> matches_;
  std::int64_t next_match_ = 0;

  const Batch* in_ = nullptr;  // at hand
  std::size_t row_ = 0;
  Sequences* sequences_at_ = nullptr;
  std::vector<std::optional<Column>> conditions_;  // of steps that look at the row alone
};

}  // namespace

Result<std::unique_ptr<OperatorState>> MatchSteps::make_state(const ExecContext& context) const {
  std::vector<StepEvaluators> evaluators;
  for (const MatchStep& step : plan_.steps) {
    QUARRY_TRY(Evaluator condition, Evaluator::make(step.condition.expression, context.run));
    StepEvaluators made{std::move(condition), {}};
    for (const auto& value : step.values) {
      made.values.emplace_back();
      if (!value) continue;
      QUARRY_TRY(Evaluator evaluator, Evaluator::make(value->expression, context.run));
      made.values.back() = std::move(evaluator);
    }
    evaluators.push_back(std::move(made));
  }
  std::vector<Evaluator> partition;
  for (const Expression& key : plan_.partition) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(key, context.run));
    partition.push_back(std::move(evaluator));
  }
  return std::unique_ptr<OperatorState>(std::make_unique<Machine>(
      plan_, std::move(evaluators), std::move(partition), context.memory));
}

Result<Flow> MatchSteps::push(OperatorState& state, const Batch& in, Batch& out) const {
  QUARRY_TRY(out, static_cast<Machine&>(state).run(in));
  return Flow::kMoreInput;
}

Result<Flow> MatchSteps::finish(OperatorState& state, Batch& out) const {
  out = static_cast<Machine&>(state).run_end();
  return Flow::kDone;
}

}  // namespace quarry::exec
