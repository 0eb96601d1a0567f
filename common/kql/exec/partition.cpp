#include "common/kql/exec/partition.h"

#include "common/kql/exec/join_keys.h"
#include "common/kql/exec/row_table.h"
#include "common/kql/exec/spill/part_writer.h"
#include "common/kql/exec/spill/placed_parts.h"

#include <iterator>

namespace quarry::exec {

std::vector<IndexBuffer> groups_of(std::span<const Column> keys, std::size_t rows) {
  std::vector<Type> types;
  for (const Column& key : keys) types.push_back(key.type());
  RowTable table(std::move(types), sizeof(std::uint64_t));
  std::vector<std::byte*> places;
  std::vector<std::byte*> added;
  if (rows > 0) table.find_or_add(keys, rows, 0, places, added);
  std::vector<std::shared_ptr<std::vector<std::uint32_t>>> groups;
  for (std::size_t row = 0; row < rows; ++row) {
    auto& number = *reinterpret_cast<std::uint64_t*>(table.state(places[row]));  // group + 1
    if (number == 0) {
      groups.push_back(std::make_shared<std::vector<std::uint32_t>>());
      number = groups.size();
    }
    groups[number - 1]->push_back(static_cast<std::uint32_t>(row));
  }
  return {groups.begin(), groups.end()};
}

struct Partition::State final : SinkState {
  explicit State(const ExecContext& exec) : context(exec), share(exec.memory) {}
  const ExecContext& context;
  std::vector<PlacedBatch> batches;
  std::uint64_t bytes = 0;
  Partitions parts;
  MemoryShare share;
};

Result<std::unique_ptr<SinkState>> Partition::make_state(const ExecContext& context) {
  return std::unique_ptr<SinkState>(std::make_unique<State>(context));
}

Result<Flow> Partition::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  auto& mine = static_cast<State&>(state);
  mine.batches.push_back({first, batch.owned()});
  mine.bytes += mine.batches.back().batch.memory();
  const ExecContext& context = mine.context;
  if (context.spill != nullptr && context.memory->is_tight(mine.bytes, context.threads)) {
    QUARRY_CHECK(spill(mine.batches, context, mine.parts));
    mine.bytes = 0;
  }
  QUARRY_CHECK(mine.share.resize(mine.bytes));
  return Flow::kMoreInput;
}

Result<void> Partition::spill(std::vector<PlacedBatch>& batches, const ExecContext& context,
                              Partitions& parts) const {
  return for_each_part(batches, types_, context, [&](const Batch& rows) -> Result<void> {
    QUARRY_TRY(const std::vector<Column> keys, evaluate_keys(key_, rows, context.run));
    std::vector<std::uint64_t> hashes;
    hash_keys(keys, rows.rows(), hashes);
    return write_parts(rows, hashes, 0, context, parts);
  });
}

Result<void> Partition::combine(SinkState& state) {
  auto& mine = static_cast<State&>(state);
  std::move(mine.batches.begin(), mine.batches.end(), std::back_inserter(collected_));
  shares_.push_back(std::move(mine.share));
  if (!mine.parts.empty()) append(parts_, std::move(mine.parts));
  return {};
}

/// `take` gets what the program makes of each group, and the group's first row in `all`.
Result<void> Partition::run_groups(const Batch& all, const ExecContext& context,
                                   const Take& take) const {
  ExecContext inner = context;
  inner.threads = 1;  // a group is small as a rule
  QUARRY_TRY(const std::vector<Column> keys, evaluate_keys(key_, all, context.run));
  for (const IndexBuffer& group : groups_of(keys, all.rows())) {
    QUARRY_CHECK(check_cancelled(context));
    std::vector<Column> columns = all.selected(group).columns();
    columns.resize(types_.size());
    QUARRY_TRY(const std::vector<Batch> made,
               program_->run(Batch(std::move(columns), group->size()), inner));
    for (const Batch& batch : made) QUARRY_CHECK(take(batch, group->front()));
  }
  return {};
}

Result<void> Partition::finish(const ExecContext& context) {
  if (!parts_.empty()) return finish_spilled(context);
  put_in_order(collected_);
  std::vector<Batch> batches;
  for (PlacedBatch& placed : collected_) batches.push_back(std::move(placed.batch));
  collected_.clear();
  const Batch all = concatenate(batches, types_);
  batches.clear();
  MemoryShare share(context.memory);
  std::uint64_t bytes = 0;
  QUARRY_CHECK(run_groups(all, context, [&](const Batch& made, std::uint32_t) {
    bytes += made.memory();
    rows_->batches.push_back(made);
    return share.resize(bytes);
  }));
  rows_->shares.push_back(std::move(share));
  shares_.clear();
  return {};
}

Result<void> Partition::finish_spilled(const ExecContext& context) {
  QUARRY_CHECK(spill(collected_, context, parts_));
  shares_.clear();
  SortedRuns& sorted = rows_->sorted.emplace();
  rows_->columns = results_.size();
  sorted.types = results_;
  sorted.types.push_back(Type::kLong);
  sorted.keys.push_back({.column = results_.size()});
  for (std::vector<SpillRun>& runs : parts_) {
    if (!runs.empty()) QUARRY_CHECK(finish_part(std::move(runs), 0, context));
  }
  return merge_until_few(sorted, context);
}

/// The results of a part's groups, with the place of each group's first row, are a sorted run.
Result<void> Partition::finish_part(std::vector<SpillRun> runs, int level,
                                    const ExecContext& context) {
  std::vector<Type> types = types_;
  types.push_back(Type::kLong);
  MemoryShare share(context.memory);
  QUARRY_TRY(auto loaded, load_part({std::move(runs), key_, types, level}, context, share));
  if (auto* const finer = std::get_if<Partitions>(&loaded)) {
    for (std::vector<SpillRun>& part : *finer) {
      if (!part.empty()) QUARRY_CHECK(finish_part(std::move(part), level + 1, context));
    }
    return {};
  }
  const Batch& all = std::get<Batch>(loaded);
  RunWriter writer(*context.spill, chunk_bytes(context.memory->limit()));
  QUARRY_CHECK(run_groups(all, context, [&](const Batch& made, std::uint32_t first_row) {
    Batch placed = made;
    const Column& places = all.column(types_.size());
    placed.add(Column::constant(places.slice(first_row, 1), made.rows()));
    return writer.write(placed);
  }));
  QUARRY_TRY(SpillRun run, writer.finish());
  if (run.rows > 0) rows_->sorted->runs.push_back(std::move(run));
  return {};
}

}  // namespace quarry::exec
