#include "common/kql/operators/nodes/sort_node.h"

#include "common/kql/exec/sort.h"
#include "common/kql/exec/top_n.h"
#include "common/kql/plan/builder.h"

namespace quarry::kql {
namespace {

/// A top of more rows than this is a sort that is cut: it may need the disk.
constexpr std::uint64_t kMostInMemory = 8'192;

}  // namespace

std::string SortNode::describe() const {
  std::string text = limit ? "top " + std::to_string(*limit) + " by" : "sort by";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    text += (i > 0 ? ", " : " ") + keys[i].column.name + (keys[i].descending ? " desc" : " asc") +
            (keys[i].nulls_first ? " nulls first" : " nulls last");
  }
  return text;
}

std::vector<ColumnSet> SortNode::required(const ColumnSet& needed) {
  ColumnSet below = needed;
  for (const SortKeyColumn& key : keys) below.insert(key.column.id);
  return {below};
}

std::optional<FirstRows> SortNode::first_rows() const {
  if (limit.value_or(0) == 0 || *limit > kMostInMemory) return std::nullopt;
  const SortKeyColumn& key = keys.front();
  return FirstRows{key.column.id, key.descending, key.nulls_first, *limit};
}

Result<plan::Stream> SortNode::build(plan::Builder& builder) const {
  std::vector<exec::SortKey> sort_keys;
  for (const SortKeyColumn& key : keys)
    sort_keys.push_back(
        {plan::position_of(key.column.id, columns), key.descending, key.nulls_first});
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  if (limit && *limit <= kMostInMemory) {
    const auto top =
        std::make_shared<exec::TopN>(std::move(sort_keys), plan::types_of(columns), *limit);
    builder.run_before(std::move(input), top);
    return plan::Builder::from_batches(top->batches());
  }
  const auto sort =
      std::make_shared<exec::Sort>(std::move(sort_keys), plan::types_of(columns), limit);
  builder.run_before(std::move(input), sort);
  return plan::Builder::from_rows(sort->rows());
}

}  // namespace quarry::kql
