#include "common/kql/exec/partition.h"

#include "common/kql/exec/row_table.h"

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

Result<void> Partition::finish(const ExecContext& context) {
  QUARRY_CHECK(rows_.finish(context));
  const Batch all = concatenate(*rows_.batches(), types_);
  ExecContext inner = context;
  inner.threads = 1;  // a group is small as a rule
  MemoryShare share(context.memory);
  std::uint64_t bytes = 0;
  for (const IndexBuffer& group :
       groups_of(std::span<const Column>(&all.column(key_), 1), all.rows())) {
    if (context.run.cancel != nullptr && context.run.cancel->cancelled()) break;
    QUARRY_TRY(std::vector<Batch> made, program_->run(all.selected(group), inner));
    for (Batch& batch : made) {
      bytes += batch.memory();
      QUARRY_CHECK(share.resize(bytes));
      batches_->push_back(std::move(batch));
    }
  }
  return {};
}

}  // namespace quarry::exec
