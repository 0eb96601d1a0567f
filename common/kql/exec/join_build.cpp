// The build side of a join: rows collected in memory and indexed at the end, or written to disk.
#include "common/kql/exec/hash_join.h"
#include "common/kql/exec/join_keys.h"
#include "common/kql/exec/row_table.h"
#include "common/kql/exec/spill/placed_parts.h"

#include <algorithm>
#include <iterator>

namespace quarry::exec {
namespace {

/// What a row takes in the index, about half of it: the other half and the copy of the rows are
/// made when the side is complete, and there is room for that.
constexpr std::uint64_t kIndexBytes = 20;

/// The rows that are the first of their key.
std::vector<bool> firsts_of(const std::vector<Column>& keys, std::size_t rows) {
  std::vector<Type> types;
  for (const Column& key : keys) types.push_back(key.type());
  RowTable table(std::move(types), 0);
  std::vector<std::byte*> groups, added;
  table.find_or_add(keys, rows, 0, groups, added);
  std::vector<bool> first(rows);
  for (std::size_t row = 0; row < rows; ++row) first[row] = RowTable::order(groups[row]) == row;
  return first;
}

}  // namespace

struct JoinBuild::State final : SinkState {
  explicit State(const ExecContext& exec) : context(exec), share(exec.memory) {}
  const ExecContext& context;
  std::vector<PlacedBatch> batches;
  std::uint64_t bytes = 0;
  SpilledBuild spilled;
  bool has_spilled = false;
  MemoryShare share;
};

Result<std::unique_ptr<SinkState>> JoinBuild::make_state(const ExecContext& context) {
  return std::unique_ptr<SinkState>(std::make_unique<State>(context));
}

Result<Flow> JoinBuild::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  auto& mine = static_cast<State&>(state);
  mine.batches.push_back({first, batch.owned()});
  mine.bytes += mine.batches.back().batch.memory() + batch.rows() * kIndexBytes;
  const ExecContext& context = mine.context;
  if (context.spill != nullptr && context.memory->is_tight(mine.bytes, context.threads)) {
    QUARRY_CHECK(spill(mine.batches, context, mine.spilled));
    mine.has_spilled = true;
    mine.bytes = 0;
  }
  QUARRY_CHECK(mine.share.resize(mine.bytes));
  return Flow::kMoreInput;
}

Result<void> JoinBuild::spill(std::vector<PlacedBatch>& batches, const ExecContext& context,
                              SpilledBuild& into) const {
  return for_each_part(batches, types_, context,
                       [&](const Batch& rows) { return write(rows, context, into); });
}

/// Of rows with equal keys, where one is enough, only the first is written.
Result<void> JoinBuild::write(const Batch& rows, const ExecContext& context,
                              SpilledBuild& into) const {
  QUARRY_TRY(const std::vector<Column> keys, evaluate_keys(keys_, rows, context.run));
  std::vector<std::uint64_t> hashes;
  hash_keys(keys, rows.rows(), hashes);
  // In a full join every build row may be shown.
  const bool one_is_enough = which_ == JoinKeys::kDistinct && mode_ != JoinMode::kFull;
  const std::vector<bool> first =
      one_is_enough ? firsts_of(keys, rows.rows()) : std::vector<bool>(rows.rows(), true);
  auto keyed = std::make_shared<std::vector<std::uint32_t>>();
  auto keyless = std::make_shared<std::vector<std::uint32_t>>();
  std::vector<std::uint64_t> keyed_hashes;
  for (std::uint32_t row = 0; row < rows.rows(); ++row) {
    if (any_null(keys, row)) {
      keyless->push_back(row);
    } else if (first[row]) {
      keyed->push_back(row);
      keyed_hashes.push_back(hashes[row]);
    }
  }
  if (mode_ == JoinMode::kFull && !keyless->empty()) {
    RunWriter writer(*context.spill, chunk_bytes(context.memory->limit()));
    QUARRY_CHECK(writer.write(rows.selected(keyless)));
    QUARRY_TRY(SpillRun run, writer.finish());
    into.keyless.push_back(std::move(run));
  }
  return write_parts(rows.selected(keyed), keyed_hashes, 0, context, into.parts);
}

Result<void> JoinBuild::combine(SinkState& state) {
  auto& mine = static_cast<State&>(state);
  std::move(mine.batches.begin(), mine.batches.end(), std::back_inserter(collected_));
  bytes_ += mine.bytes;
  shares_.push_back(std::move(mine.share));
  has_spilled_ = has_spilled_ || mine.has_spilled;
  append(spilled_.parts, std::move(mine.spilled.parts));
  std::move(mine.spilled.keyless.begin(), mine.spilled.keyless.end(),
            std::back_inserter(spilled_.keyless));
  return {};
}

Result<void> JoinBuild::finish(const ExecContext& context) {
  JoinTable& table = *table_;
  const bool is_tight = context.spill != nullptr && !collected_.empty() &&
                        context.memory->is_tight(bytes_, context.threads);
  if (has_spilled_ || is_tight) {
    QUARRY_CHECK(spill(collected_, context, spilled_));
    shares_.clear();
    spilled_.keys = keys_;
    spilled_.types = types_;
    spilled_.which = which_;
    table.spilled = std::make_unique<SpilledBuild>(std::move(spilled_));
    return {};
  }
  put_in_order(collected_);
  std::vector<Batch> batches;
  for (PlacedBatch& placed : collected_) batches.push_back(std::move(placed.batch));
  collected_.clear();
  table.rows = concatenate(batches, types_);
  batches.clear();
  table.shares = std::move(shares_);
  if (context.memory != nullptr) QUARRY_CHECK(context.memory->check_process());
  return table.index(keys_, which_, context.run);
}

}  // namespace quarry::exec
