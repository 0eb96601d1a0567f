#include "common/kql/operators/nodes/sort_node.h"

#include "common/kql/exec/sort.h"
#include "common/kql/plan/builder.h"

namespace quarry::kql {

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

Result<plan::Stream> SortNode::build(plan::Builder& builder) const {
  std::vector<exec::SortKey> sort_keys;
  for (const SortKeyColumn& key : keys)
    sort_keys.push_back(
        {plan::position_of(key.column.id, columns), key.descending, key.nulls_first});
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  const auto sink =
      std::make_shared<exec::Sort>(std::move(sort_keys), plan::types_of(columns), limit);
  builder.run_before(std::move(input), sink);
  return plan::Builder::from_rows(sink->rows());
}

}  // namespace quarry::kql
