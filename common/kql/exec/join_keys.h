// Keys of a join: columns that are hashed and compared. A null key equals nothing.
#pragma once

#include "common/kql/exec/expression.h"

#include <cstdint>
#include <vector>

namespace quarry::exec {

Result<std::vector<Column>> evaluate_keys(const std::vector<Expression>& keys, const Batch& batch,
                                          const kql::RunContext& run);
/// One hash a row.
void hash_keys(const std::vector<Column>& keys, std::size_t rows,
               std::vector<std::uint64_t>& hashes);
bool any_null(const std::vector<Column>& keys, std::size_t row);
/// Neither row has a null key.
bool equal_keys(const std::vector<Column>& a, std::size_t row_a, const std::vector<Column>& b,
                std::size_t row_b);

}  // namespace quarry::exec
