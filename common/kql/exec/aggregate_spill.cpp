// Groups on their way to disk and back. A group is its key columns, its order, and the bytes of all
// its states as one text.
#include "common/kql/exec/aggregate_parts.h"
#include "common/value/builder.h"

#include <algorithm>
#include <limits>

namespace quarry::exec {
namespace {

Column orders_of(std::span<std::byte* const> groups) {
  ColumnBuilder<Type::kLong> orders(groups.size());
  for (const std::byte* group : groups)
    orders.append(static_cast<std::int64_t>(RowTable::order(group)));
  return orders.finish();
}

}  // namespace

std::uint64_t Aggregate::Groups::memory() const {
  constexpr std::uint64_t kHeapBytes = 64;  // of a row fed to an aggregate that has any
  std::uint64_t with_heap = 0;
  for (const AggregateStep& step : owner.plan_.steps) with_heap += step.kernel.destroy != nullptr;
  return table->memory() + fed * with_heap * kHeapBytes;
}

bool Aggregate::Groups::should_spill() const {
  return owner.can_spill() && owner.context_->memory->is_tight(memory(), owner.context_->threads);
}

bool Aggregate::can_spill() const {
  return context_->spill != nullptr && !key_types_.empty() &&
         std::all_of(plan_.steps.begin(), plan_.steps.end(),
                     [](const AggregateStep& step) { return step.kernel.save != nullptr; });
}

std::vector<Type> Aggregate::spilled_types() const {
  std::vector<Type> types = key_types_;
  types.push_back(Type::kLong);
  types.push_back(Type::kString);
  return types;
}

/// Appends a run of the groups' rows to each partition that has some, and clears the groups.
Result<void> Aggregate::write(Groups& groups, int level, Partitions& partitions) {
  partitions.resize(kPartitions);
  std::vector<std::vector<std::byte*>> rows_of(kPartitions);
  for (std::byte* row : groups.table->rows())
    rows_of[partition_of(RowTable::hash(row), level)].push_back(row);
  for (std::size_t p = 0; p < kPartitions; ++p) {
    RunWriter writer(*context_->spill, chunk_bytes(context_->memory->limit()));
    constexpr std::size_t kAtOnce = 1024;
    for (std::size_t begin = 0; begin < rows_of[p].size(); begin += kAtOnce) {
      QUARRY_CHECK(check_cancelled(*context_));
      const auto rows =
          std::span(rows_of[p]).subspan(begin, std::min(kAtOnce, rows_of[p].size() - begin));
      QUARRY_CHECK(writer.write(as_batch(groups, rows)));
    }
    if (writer.rows() == 0) continue;
    QUARRY_TRY(SpillRun run, writer.finish());
    partitions[p].push_back(std::move(run));
  }
  groups.clear();
  return groups.account();
}

Batch Aggregate::as_batch(Groups& groups, std::span<std::byte* const> rows) const {
  std::vector<Column> columns;
  for (std::size_t k = 0; k < key_types_.size(); ++k)
    columns.push_back(groups.table->key_column(k, rows));
  columns.push_back(orders_of(rows));
  ColumnBuilder<Type::kString> states(rows.size());
  std::string bytes;
  for (std::byte* row : rows) {
    bytes.clear();
    kql::StateWriter out(bytes);
    for (std::size_t s = 0; s < plan_.steps.size(); ++s)
      plan_.steps[s].kernel.save(groups.table->state(row) + state_offsets_[s], out);
    states.append_copy(bytes);
  }
  columns.push_back(states.finish());
  return Batch(std::move(columns), rows.size());
}

/// Adds groups that were written to those in memory.
Result<void> Aggregate::read(const Batch& batch, Groups& groups) {
  const std::span keys(batch.columns().data(), key_types_.size());
  const Cells<Type::kLong> orders(batch.column(key_types_.size()));
  const Cells<Type::kString> saved(batch.column(key_types_.size() + 1));
  groups.table->find_or_add(keys, std::span(orders.data(), batch.rows()), groups.rows,
                            groups.added);
  init_states(*groups.table, groups.added);
  std::vector<std::uint64_t> scratch((state_bytes_ + 7) / 8);
  auto* const other = reinterpret_cast<std::byte*>(scratch.data());
  auto next_added = groups.added.begin();
  for (std::size_t i = 0; i < batch.rows(); ++i) {
    std::byte* const mine = groups.table->state(groups.rows[i]);
    const bool is_new = next_added != groups.added.end() && *next_added == groups.rows[i];
    if (is_new) ++next_added;
    kql::StateReader in(saved[i].view());
    for (std::size_t s = 0; s < plan_.steps.size(); ++s) {
      const kql::AggregateKernel& kernel = plan_.steps[s].kernel;
      std::byte* const into = mine + state_offsets_[s];
      if (is_new) {
        kernel.load(into, in);
        continue;
      }
      std::byte* const from = other + state_offsets_[s];
      kernel.init(from);
      kernel.load(from, in);
      kernel.merge(into, from);
      if (kernel.destroy != nullptr) kernel.destroy(from);
    }
  }
  groups.fed += batch.rows();
  return groups.account();
}

/// Merges the runs of one partition. Where they do not fit into memory at once they are written
/// again, in partitions of the next level; a group that does not fit by itself is an error.
Result<void> Aggregate::finish_partition(std::vector<SpillRun> runs, int level) {
  Groups groups(*this);
  Partitions finer;
  std::uint64_t batches = 0;
  for (const SpillRun& run : runs) {
    RunReader reader(*context_->spill, run, spilled_types(), RunReader::Room::kGivenBack);
    Batch batch;
    while (true) {
      QUARRY_CHECK(check_cancelled(*context_));
      QUARRY_TRY(const bool more, reader.next(batch));
      if (!more) break;
      QUARRY_CHECK(read(batch, groups));
      // A single batch may hold states of any size, so every one is held against the limit; what is
      // beyond it goes to disk where that is possible.
      const bool fits = context_->memory->check_process().has_value();
      if (++batches % kBatchesPerCheck != 0 && fits) continue;
      if (level + 1 < kMostLevels && groups.table->rows().size() > 1 && groups.should_spill())
        QUARRY_CHECK(write(groups, level + 1, finer));
      QUARRY_CHECK(context_->memory->check_process());
    }
  }
  if (finer.empty()) return finish_groups(groups);
  QUARRY_CHECK(write(groups, level + 1, finer));
  for (std::vector<SpillRun>& part : finer) {
    if (!part.empty()) QUARRY_CHECK(finish_partition(std::move(part), level + 1));
  }
  return {};
}

/// The results of groups that are complete, as a run in order of first appearance.
Result<void> Aggregate::finish_groups(Groups& groups) {
  const std::vector<std::byte*> rows = groups.table->rows_in_order();
  RunWriter writer(*context_->spill, chunk_bytes(context_->memory->limit()));
  for (std::size_t begin = 0; begin < rows.size(); begin += kDefaultBatchRows) {
    QUARRY_CHECK(check_cancelled(*context_));
    const auto part =
        std::span(rows).subspan(begin, std::min(kDefaultBatchRows, rows.size() - begin));
    Batch results = result_batch(groups, part);
    results.add(orders_of(part));
    QUARRY_CHECK(writer.write(results));
  }
  QUARRY_TRY(SpillRun run, writer.finish());
  rows_->sorted->runs.push_back(std::move(run));
  return {};
}

Result<void> Aggregate::finish_spilled() {
  Partitions all;
  for (auto& part : parts_) {
    QUARRY_CHECK(write(part->groups, 0, part->partitions));
    append(all, std::move(part->partitions));
  }
  SortedRuns& sorted = rows_->sorted.emplace();
  const Batch shape = result_batch(parts_.front()->groups, {});
  for (const Column& column : shape.columns()) sorted.types.push_back(column.type());
  rows_->columns = sorted.types.size();
  sorted.keys.push_back({.column = sorted.types.size()});
  sorted.types.push_back(Type::kLong);
  for (std::vector<SpillRun>& runs : all) {
    if (!runs.empty()) QUARRY_CHECK(finish_partition(std::move(runs), 0));
  }
  return merge_until_few(sorted, *context_);
}

}  // namespace quarry::exec
