#include "common/kql/exec/hash_join.h"

#include "common/value/builder.h"
#include "common/value/compare.h"
#include "common/value/hash.h"

#include <algorithm>

namespace quarry::exec {
namespace {

constexpr std::uint32_t kNone = 0;  // rows are stored plus one

Result<std::vector<Column>> evaluate_keys(const std::vector<Expression>& keys, const Batch& batch,
                                          const kql::RunContext& run) {
  std::vector<Column> columns;
  for (const Expression& key : keys) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(key, run));
    columns.push_back(evaluator.evaluate(batch));
  }
  return columns;
}

void hash_keys(const std::vector<Column>& keys, std::size_t rows,
               std::vector<std::uint64_t>& hashes) {
  std::vector<const Column*> columns;
  for (const Column& key : keys) columns.push_back(&key);
  hashes.assign(rows, 0);
  hash_rows(columns, rows, hashes);
}

bool any_null(const std::vector<Column>& keys, std::size_t row) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const Column& key) { return NullCheck(key).is_null(row); });
}

bool equal_keys(const std::vector<Column>& a, std::size_t row_a, const std::vector<Column>& b,
                std::size_t row_b) {
  for (std::size_t k = 0; k < a.size(); ++k) {
    const bool same = dispatch(a[k].type(), [&]<Type T>() {
      if constexpr (T == Type::kString)
        return Cells<T>(a[k])[row_a] == Cells<T>(b[k])[row_b];
      else
        return compare_cells(Cells<T>(a[k])[row_a], Cells<T>(b[k])[row_b]) == 0;
    });
    if (!same) return false;
  }
  return true;
}

/// Rows of `build` by number plus one; kNone gives null.
Column build_column(const Column& build, const std::vector<std::uint32_t>& rows) {
  const bool complete = std::find(rows.begin(), rows.end(), kNone) == rows.end();
  if (complete) {
    auto index = std::make_shared<std::vector<std::uint32_t>>();
    index->reserve(rows.size());
    for (const std::uint32_t row : rows) index->push_back(row - 1);
    return Column::select(build, index);
  }
  const auto out = make_builder(build.type(), rows.size());
  out->keep(build.keep());
  for (const std::uint32_t row : rows) {
    if (row == kNone)
      out->append_null();
    else
      out->append_from_view(build, row - 1);
  }
  return out->finish();
}

}  // namespace

Result<void> JoinBuild::finish(const ExecContext& context) {
  QUARRY_CHECK(rows_.finish(context));
  JoinTable& table = *table_;
  table.rows = concatenate(*rows_.batches(), types_);
  table.account = rows_.release();
  if (context.memory != nullptr) QUARRY_CHECK(context.memory->check_process());
  QUARRY_TRY(table.keys, evaluate_keys(keys_, table.rows, context.run));
  const auto rows = static_cast<std::uint32_t>(table.rows.rows());
  hash_keys(table.keys, rows, table.hashes);
  std::size_t buckets = 64;
  while (buckets < std::size_t{2} * rows) buckets *= 2;
  table.heads.assign(buckets, kNone);
  table.next.assign(rows, kNone);
  std::vector<std::uint32_t> tails(buckets, kNone);
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (any_null(table.keys, row)) continue;
    const std::size_t bucket = table.hashes[row] & (buckets - 1);
    if (distinct_keys_) {
      bool seen = false;
      for (std::uint32_t at = table.heads[bucket]; at != kNone && !seen; at = table.next[at - 1]) {
        seen = table.hashes[at - 1] == table.hashes[row] &&
               equal_keys(table.keys, at - 1, table.keys, row);
      }
      if (seen) continue;
    }
    if (tails[bucket] == kNone)
      table.heads[bucket] = row + 1;
    else
      table.next[tails[bucket] - 1] = row + 1;
    tails[bucket] = row + 1;
  }
  table.matched = std::make_unique<std::atomic<bool>[]>(rows);
  return {};
}

struct JoinProbe::State final : OperatorState {
  explicit State(const ExecContext& exec) : context(exec) {}
  const ExecContext& context;
  std::vector<Evaluator> key_evaluators;
  std::vector<Column> keys;
  std::vector<std::uint64_t> hashes;
  bool started = false;
  std::size_t row = 0;          // the probe row at work
  std::uint32_t match = kNone;  // its next match, where the last call left off
  bool at_row = false;          // `match` belongs to `row`
  std::size_t tail = 0;         // finish(): next build row
};

Result<std::unique_ptr<OperatorState>> JoinProbe::make_state(const ExecContext& context) const {
  auto state = std::make_unique<State>(context);
  for (const Expression& key : keys_) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(key, context.run));
    state->key_evaluators.push_back(std::move(evaluator));
  }
  return std::unique_ptr<OperatorState>(std::move(state));
}

void JoinProbe::start(State& state, const Batch& in) const {
  state.keys.clear();
  for (Evaluator& key : state.key_evaluators) state.keys.push_back(key.evaluate(in));
  hash_keys(state.keys, in.rows(), state.hashes);
  state.started = true;
  state.row = 0;
  state.at_row = false;
}

/// The first row from `candidate` on (a bucket's chain) whose keys equal those of probe row `row`;
/// kNone where there is none.
std::uint32_t JoinProbe::next_match(const State& state, std::size_t row,
                                    std::uint32_t candidate) const {
  for (; candidate != kNone; candidate = table_->next[candidate - 1]) {
    if (table_->hashes[candidate - 1] == state.hashes[row] &&
        equal_keys(state.keys, row, table_->keys, candidate - 1))
      break;
  }
  return candidate;
}

Result<Flow> JoinProbe::push(OperatorState& base, const Batch& in, Batch& out) const {
  auto& state = static_cast<State&>(base);
  if (!state.started) start(state, in);
  std::vector<std::uint32_t> probe_rows;
  std::vector<std::uint32_t> build_rows;
  const auto emit = [&](std::uint32_t build_row) {
    probe_rows.push_back(static_cast<std::uint32_t>(state.row));
    build_rows.push_back(build_row);
  };
  const std::size_t limit = std::max(state.context.batch_rows, in.rows());
  for (; state.row < in.rows() && probe_rows.size() < limit; ++state.row) {
    if (!state.at_row) {
      const bool null = any_null(state.keys, state.row);
      state.match =
          null ? kNone
               : next_match(state, state.row,
                            table_->heads[state.hashes[state.row] & (table_->heads.size() - 1)]);
      state.at_row = true;
      const bool found = state.match != kNone;
      if (mode_ == JoinMode::kSemi || mode_ == JoinMode::kAnti) {
        if (found == (mode_ == JoinMode::kSemi)) emit(kNone);
        state.match = kNone;
      } else if (!found && mode_ != JoinMode::kInner) {
        emit(kNone);
      }
    }
    while (state.match != kNone && probe_rows.size() < limit) {
      emit(state.match);
      if (mode_ == JoinMode::kFull)
        table_->matched[state.match - 1].store(true, std::memory_order_relaxed);
      state.match = next_match(state, state.row, table_->next[state.match - 1]);
    }
    if (state.match != kNone) break;
    state.at_row = false;
  }
  const bool more = state.row < in.rows();
  if (!more) state.started = false;
  if (!probe_rows.empty()) out = joined(in, std::move(probe_rows), build_rows);
  return more ? Flow::kMoreOutput : Flow::kMoreInput;
}

Batch JoinProbe::joined(const Batch& in, std::vector<std::uint32_t> probe_rows,
                        const std::vector<std::uint32_t>& build_rows) const {
  Batch out = in.selected(std::make_shared<std::vector<std::uint32_t>>(std::move(probe_rows)));
  if (mode_ == JoinMode::kSemi || mode_ == JoinMode::kAnti) return out;
  for (const Column& column : table_->rows.columns()) out.add(build_column(column, build_rows));
  return out;
}

Result<Flow> JoinProbe::finish(OperatorState& base, Batch& out) const {
  auto& state = static_cast<State&>(base);
  if (mode_ != JoinMode::kFull) return Flow::kDone;
  auto rows = std::make_shared<std::vector<std::uint32_t>>();
  for (; state.tail < table_->rows.rows() && rows->size() < state.context.batch_rows;
       ++state.tail) {
    if (!table_->matched[state.tail].load(std::memory_order_relaxed))
      rows->push_back(static_cast<std::uint32_t>(state.tail));
  }
  if (!rows->empty()) {
    std::vector<Column> columns;
    for (const Type type : probe_types_) columns.push_back(Column::all_null(type, rows->size()));
    const Batch build = table_->rows.selected(rows);
    for (const Column& column : build.columns()) columns.push_back(column);
    out = Batch(std::move(columns), rows->size());
  }
  return state.tail < table_->rows.rows() ? Flow::kMoreOutput : Flow::kDone;
}

}  // namespace quarry::exec
