#include "common/kql/exec/hash_join.h"

#include "common/kql/exec/join_keys.h"
#include "common/kql/exec/spilled_join.h"
#include "common/value/builder.h"

#include <algorithm>

namespace quarry::exec {
namespace {

constexpr std::uint32_t kNone = 0;  // rows are stored plus one

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

Result<void> JoinTable::index(const std::vector<Expression>& key_expressions, JoinKeys which,
                              const kql::RunContext& run) {
  QUARRY_TRY(keys, evaluate_keys(key_expressions, rows, run));
  const auto count = static_cast<std::uint32_t>(rows.rows());
  hash_keys(keys, count, hashes);
  std::size_t buckets = 64;
  while (buckets < std::size_t{2} * count) buckets *= 2;
  heads.assign(buckets, kNone);
  next.assign(count, kNone);
  std::vector<std::uint32_t> tails(buckets, kNone);
  for (std::uint32_t row = 0; row < count; ++row) {
    if (any_null(keys, row)) continue;
    const std::size_t bucket = hashes[row] & (buckets - 1);
    if (which == JoinKeys::kDistinct) {
      bool seen = false;
      for (std::uint32_t at = heads[bucket]; at != kNone && !seen; at = next[at - 1])
        seen = hashes[at - 1] == hashes[row] && equal_keys(keys, at - 1, keys, row);
      if (seen) continue;
    }
    if (tails[bucket] == kNone)
      heads[bucket] = row + 1;
    else
      next[tails[bucket] - 1] = row + 1;
    tails[bucket] = row + 1;
  }
  matched = std::make_unique<std::atomic<bool>[]>(count);
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
  std::unique_ptr<SpilledJoin> spilled;
};

bool JoinProbe::ordered() const { return table_->spilled != nullptr; }

Result<std::unique_ptr<OperatorState>> JoinProbe::make_state(const ExecContext& context) const {
  auto state = std::make_unique<State>(context);
  for (const Expression& key : keys_) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(key, context.run));
    state->key_evaluators.push_back(std::move(evaluator));
  }
  if (table_->spilled != nullptr) {
    state->spilled =
        std::make_unique<SpilledJoin>(*table_->spilled, mode_, keys_, probe_types_, context);
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
  if (state.spilled != nullptr) {
    QUARRY_CHECK(state.spilled->add(in));
    return Flow::kMoreInput;
  }
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
  if (state.spilled != nullptr) {
    QUARRY_TRY(const bool more, state.spilled->next(out));
    return more ? Flow::kMoreOutput : Flow::kDone;
  }
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
