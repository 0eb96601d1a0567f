// Batches with their places on the way to disk: a few at a time are made one, since whoever sorts
// or cuts them copies them once more.
#pragma once

#include "common/kql/exec/collect.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace quarry::exec {

/// The batch with one more column, a long: the places of its rows.
Batch with_places(const PlacedBatch& placed);

/// Calls work(rows) with the rows of some batches after the other in their order, the places as the
/// last column. Lets go of the batches. `types` are those of the batches' columns.
Result<void> for_each_part(std::vector<PlacedBatch>& batches, std::vector<Type> types,
                           const ExecContext& context,
                           const std::function<Result<void>(const Batch& rows)>& work);

}  // namespace quarry::exec
