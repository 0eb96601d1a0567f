#include "common/kql/exec/join_keys.h"

#include "common/value/compare.h"
#include "common/value/hash.h"

#include <algorithm>

namespace quarry::exec {

Result<std::vector<Column>> evaluate_keys(const std::vector<Expression>& keys, const Batch& batch,
                                          const kql::RunContext& run) {
  std::vector<Column> columns;
  for (const Expression& key : keys) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(key, run));
    columns.push_back(evaluator.evaluate(batch));
  }
  return columns;
}

void hash_keys(const std::vector<Column>& keys, std::size_t rows,
               std::vector<std::uint64_t>& hashes) {
  std::vector<const Column*> columns;
  for (const Column& key : keys) columns.push_back(&key);
  hashes.assign(rows, 0);
  hash_rows(columns, rows, hashes);
}

bool any_null(const std::vector<Column>& keys, std::size_t row) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const Column& key) { return NullCheck(key).is_null(row); });
}

bool equal_keys(const std::vector<Column>& a, std::size_t row_a, const std::vector<Column>& b,
                std::size_t row_b) {
  for (std::size_t k = 0; k < a.size(); ++k) {
    const bool same = dispatch(a[k].type(), [&]<Type T>() {
      if constexpr (T == Type::kString)
        return Cells<T>(a[k])[row_a] == Cells<T>(b[k])[row_b];
      else
        return compare_cells(Cells<T>(a[k])[row_a], Cells<T>(b[k])[row_b]) == 0;
    });
    if (!same) return false;
  }
  return true;
}

}  // namespace quarry::exec
