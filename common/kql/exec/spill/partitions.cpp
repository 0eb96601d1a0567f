#include "common/kql/exec/spill/partitions.h"

#include "common/kql/exec/spill/merge.h"

#include <array>
#include <iterator>
#include <memory>

namespace quarry::exec {

void append(Partitions& partitions, Partitions more) {
  partitions.resize(kPartitions);
  for (std::size_t p = 0; p < more.size(); ++p)
    std::move(more[p].begin(), more[p].end(), std::back_inserter(partitions[p]));
}

Result<void> write_parts(const Batch& batch, std::span<const std::uint64_t> hashes, int level,
                         const ExecContext& context, Partitions& partitions) {
  partitions.resize(kPartitions);
  std::array<std::shared_ptr<std::vector<std::uint32_t>>, kPartitions> rows;
  for (auto& part : rows) part = std::make_shared<std::vector<std::uint32_t>>();
  for (std::uint32_t row = 0; row < hashes.size(); ++row)
    rows[partition_of(hashes[row], level)]->push_back(row);
  for (std::size_t p = 0; p < kPartitions; ++p) {
    if (rows[p]->empty()) continue;
    QUARRY_CHECK(check_cancelled(context));
    RunWriter writer(*context.spill, chunk_bytes(context.memory->limit()));
    QUARRY_CHECK(writer.write(batch.selected(rows[p])));
    QUARRY_TRY(SpillRun run, writer.finish());
    partitions[p].push_back(std::move(run));
  }
  return {};
}

}  // namespace quarry::exec
