#include "common/kql/exec/spill/part_writer.h"

#include "common/kql/exec/join_keys.h"
#include "common/kql/exec/spill/merge.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace quarry::exec {
namespace {

constexpr std::uint64_t kBatchesPerCheck = 8;

/// Says whether keys with different hashes were seen: rows of one key cannot be told apart.
class SeveralKeys {
 public:
  void add(std::span<const std::uint64_t> hashes) {
    if (hashes.empty() || several_) return;
    if (!first_) first_ = hashes.front();
    several_ = std::any_of(hashes.begin(), hashes.end(),
                           [&](std::uint64_t hash) { return hash != *first_; });
  }
  explicit operator bool() const { return several_; }

 private:
  std::optional<std::uint64_t> first_;
  bool several_ = false;
};

}  // namespace

PartWriter::PartWriter(const std::vector<Expression>& keys, std::vector<Type> types, int level,
                       const ExecContext& context)
    : keys_(keys),
      types_(std::move(types)),
      level_(level),
      context_(context),
      share_(context.memory) {}

Result<void> PartWriter::add(Batch batch) {
  constexpr std::uint64_t kMostGathered = 64 << 20;
  constexpr std::uint64_t kPartOfLimit = 32;
  batches_.push_back(batch.owned());
  bytes_ += batches_.back().memory();
  if (bytes_ >= std::min(kMostGathered, context_.memory->limit() / kPartOfLimit))
    QUARRY_CHECK(flush());
  return share_.resize(bytes_);
}

Result<void> PartWriter::flush() {
  const Batch rows = concatenate(batches_, types_);
  batches_.clear();
  bytes_ = 0;
  QUARRY_TRY(const std::vector<Column> keys, evaluate_keys(keys_, rows, context_.run));
  std::vector<std::uint64_t> hashes;
  hash_keys(keys, rows.rows(), hashes);
  return write_parts(rows, hashes, level_, context_, partitions_);
}

Result<Partitions> PartWriter::finish() {
  QUARRY_CHECK(flush());
  QUARRY_CHECK(share_.resize(0));
  return std::move(partitions_);
}

Result<std::variant<Batch, Partitions>> load_part(Part part, const ExecContext& context,
                                                  MemoryShare& share) {
  SortedRuns sorted{std::move(part.runs), part.types, {{.column = part.types.size() - 1}}};
  QUARRY_CHECK(merge_until_few(sorted, context));
  RunMerge merge(sorted, context);
  std::vector<Batch> batches;
  std::uint64_t bytes = 0;
  SeveralKeys several;
  std::vector<std::uint64_t> hashes;
  std::optional<PartWriter> finer;
  for (std::uint64_t read = 1;; ++read) {
    QUARRY_CHECK(check_cancelled(context));
    Batch batch;
    QUARRY_TRY(const bool more, merge.next(kDefaultBatchRows, batch));
    if (!more) break;
    if (finer) {
      QUARRY_CHECK(finer->add(batch));
      continue;
    }
    QUARRY_TRY(const std::vector<Column> keys, evaluate_keys(part.keys, batch, context.run));
    hash_keys(keys, batch.rows(), hashes);
    several.add(hashes);
    batches.push_back(batch.owned());
    bytes += 2 * batches.back().memory();  // once more as one batch
    QUARRY_CHECK(share.resize(bytes));
    if (read % kBatchesPerCheck == 0) QUARRY_CHECK(context.memory->check_process());
    if (!several || part.level + 1 >= kMostLevels || !context.memory->is_tight(bytes, 1)) continue;
    finer.emplace(part.keys, part.types, part.level + 1, context);
    for (Batch& earlier : batches) QUARRY_CHECK(finer->add(std::exchange(earlier, Batch())));
    batches.clear();
    QUARRY_CHECK(share.resize(0));
  }
  if (finer) {
    QUARRY_TRY(Partitions partitions, finer->finish());
    return std::variant<Batch, Partitions>(std::move(partitions));
  }
  Batch rows = concatenate(batches, part.types);
  batches.clear();
  QUARRY_CHECK(context.memory->check_process());
  return std::variant<Batch, Partitions>(std::move(rows));
}

}  // namespace quarry::exec
