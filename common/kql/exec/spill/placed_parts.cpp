#include "common/kql/exec/spill/placed_parts.h"

#include "common/value/builder.h"

namespace quarry::exec {

Batch with_places(const PlacedBatch& placed) {
  ColumnBuilder<Type::kLong> places(placed.batch.rows());
  for (std::size_t i = 0; i < placed.batch.rows(); ++i)
    places.append(static_cast<std::int64_t>(placed.first + i));
  Batch batch = placed.batch;
  batch.add(places.finish());
  return batch;
}

Result<void> for_each_part(std::vector<PlacedBatch>& batches, std::vector<Type> types,
                           const ExecContext& context,
                           const std::function<Result<void>(const Batch& rows)>& work) {
  constexpr std::uint64_t kParts = 8;  // of the limit, for all workers
  const std::uint64_t part_bytes =
      context.memory->limit() / (kParts * static_cast<std::uint64_t>(context.threads));
  types.push_back(Type::kLong);
  put_in_order(batches);
  for (std::size_t next = 0; next < batches.size();) {
    std::vector<Batch> part;
    for (std::uint64_t bytes = 0; next < batches.size() && bytes <= part_bytes; ++next) {
      bytes += batches[next].batch.memory();
      part.push_back(with_places(batches[next]));
      batches[next].batch = Batch();
    }
    const Batch rows = concatenate(part, types);
    part.clear();
    QUARRY_CHECK(work(rows));
  }
  batches.clear();
  return {};
}

}  // namespace quarry::exec
