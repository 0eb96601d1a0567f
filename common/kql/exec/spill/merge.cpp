#include "common/kql/exec/spill/merge.h"

#include "common/value/builder.h"
#include "common/value/compare.h"

#include <algorithm>
#include <utility>

namespace quarry::exec {
namespace {

/// Of the memory that may be used, so much may be taken by heads of runs: chunks with the cells
/// made of them.
constexpr std::uint64_t kShareOfHeads = 8;
constexpr std::uint64_t kHeadChunks = 3;
constexpr std::size_t kFewestRuns = 8;
constexpr std::size_t kMostRuns = 1024;

std::size_t most_runs(const MemoryBudget& memory) {
  const std::uint64_t head = kHeadChunks * chunk_bytes(memory.limit());
  return static_cast<std::size_t>(
      std::clamp<std::uint64_t>(memory.limit() / kShareOfHeads / head, kFewestRuns, kMostRuns));
}

/// A row of an output batch: where it is taken from.
struct Pick {
  std::uint32_t source;
  std::uint32_t row;
};

/// One column of the picked rows; texts stay where they are.
Column gather(const std::vector<Batch>& sources, std::size_t column,
              const std::vector<Pick>& picks) {
  return dispatch(sources.front().column(column).type(), [&]<Type T>() {
    std::vector<Cells<T>> cells;
    ColumnBuilder<T> out(picks.size());
    for (const Batch& source : sources) {
      cells.emplace_back(source.column(column));
      out.keep(source.column(column).keep());
    }
    for (const Pick& pick : picks) {
      const Cells<T>& from = cells[pick.source];
      if (from.is_null(pick.row))
        out.append_null();
      else
        out.append(from[pick.row]);
    }
    return out.finish();
  });
}

}  // namespace

Result<void> check_cancelled(const ExecContext& context) {
  if (context.run.cancel == nullptr || !context.run.cancel->cancelled()) return {};
  if (auto error = context.run.cancel->error()) return fail(std::move(*error));
  return {};
}

/// The batch of a run that is at work.
struct RunMerge::Head {
  Head(SpillSpace& space, const SpillRun& run, const std::vector<Type>& types)
      : reader(space, run, types, RunReader::Room::kGivenBack) {}
  RunReader reader;
  Batch batch;
  std::vector<std::uint64_t> prefixes;  // of the first key
  std::uint32_t row = 0;
};

RunMerge::RunMerge(const SortedRuns& sorted, const ExecContext& context) : sorted_(&sorted) {
  for (const SpillRun& run : sorted.runs)
    heads_.push_back(std::make_unique<Head>(*context.spill, run, sorted.types));
}
RunMerge::~RunMerge() = default;
RunMerge::RunMerge(RunMerge&&) noexcept = default;

Result<bool> RunMerge::advance(Head& head) {
  if (++head.row < head.batch.rows()) return true;
  head.row = 0;
  QUARRY_TRY(const bool more, head.reader.next(head.batch));
  if (!more) {
    head.batch = Batch();
    return false;
  }
  const SortKey& key = sorted_->keys.front();
  head.prefixes = order_prefixes(head.batch.column(key.column), key);
  return true;
}

bool RunMerge::before(std::uint32_t a, std::uint32_t b) const {
  const Head& x = *heads_[a];
  const Head& y = *heads_[b];
  if (x.prefixes[x.row] != y.prefixes[y.row]) return x.prefixes[x.row] < y.prefixes[y.row];
  const int order = compare_by_keys(sorted_->keys, x.batch, x.row, y.batch, y.row);
  return order != 0 ? order < 0 : a < b;
}

/// The entry at `at` may stand behind its children: moves it down.
void RunMerge::sift(std::size_t at) {
  while (true) {
    std::size_t first = at;
    for (const std::size_t child : {2 * at + 1, 2 * at + 2}) {
      if (child < heap_.size() && before(heap_[child], heap_[first])) first = child;
    }
    if (first == at) return;
    std::swap(heap_[at], heap_[first]);
    at = first;
  }
}

Result<void> RunMerge::start() {
  started_ = true;
  for (std::uint32_t i = 0; i < heads_.size(); ++i) {
    QUARRY_TRY(const bool more, advance(*heads_[i]));
    if (more) heap_.push_back(i);
  }
  for (std::size_t at = heap_.size(); at-- > 0;) sift(at);
  return {};
}

Result<bool> RunMerge::next(std::size_t most, Batch& out) {
  if (!started_) QUARRY_CHECK(start());
  constexpr std::uint32_t kNotHere = ~std::uint32_t{0};
  std::vector<Batch> sources;
  std::vector<std::uint32_t> source_of(heads_.size(), kNotHere);
  std::vector<Pick> picks;
  while (!heap_.empty() && picks.size() < most) {
    const std::uint32_t run = heap_.front();
    Head& head = *heads_[run];
    if (source_of[run] == kNotHere) {
      source_of[run] = static_cast<std::uint32_t>(sources.size());
      sources.push_back(head.batch);
    }
    picks.push_back({source_of[run], head.row});
    if (head.row + 1 == head.batch.rows()) source_of[run] = kNotHere;  // its next batch is another
    QUARRY_TRY(const bool more, advance(head));
    if (!more) {
      heap_.front() = heap_.back();
      heap_.pop_back();
    }
    if (!heap_.empty()) sift(0);
  }
  if (picks.empty()) return false;
  std::vector<Column> columns;
  for (std::size_t i = 0; i < sorted_->types.size(); ++i)
    columns.push_back(gather(sources, i, picks));
  out = Batch(std::move(columns), picks.size());
  return true;
}

Result<void> merge_until_few(SortedRuns& sorted, const ExecContext& context) {
  const std::size_t most = most_runs(*context.memory);
  while (sorted.runs.size() > most) {
    SortedRuns group{{}, sorted.types, sorted.keys};
    const std::size_t count = std::min(most, sorted.runs.size() - most + 1);
    const auto end = sorted.runs.begin() + static_cast<std::ptrdiff_t>(count);
    std::move(sorted.runs.begin(), end, std::back_inserter(group.runs));
    sorted.runs.erase(sorted.runs.begin(), end);
    RunMerge merge(group, context);
    RunWriter writer(*context.spill, chunk_bytes(context.memory->limit()));
    Batch batch;
    while (true) {
      QUARRY_CHECK(check_cancelled(context));
      QUARRY_TRY(const bool more, merge.next(kDefaultBatchRows, batch));
      if (!more) break;
      QUARRY_CHECK(writer.write(batch));
    }
    QUARRY_TRY(SpillRun merged, writer.finish());
    sorted.runs.push_back(std::move(merged));
  }
  return {};
}

}  // namespace quarry::exec
