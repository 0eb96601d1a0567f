// Both ways of a part: rows are gathered and written, cut by the hash of their keys; the rows of a
// part come back into memory, or are cut once more where they do not fit.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/spill/partitions.h"

#include <variant>
#include <vector>

namespace quarry::exec {

/// Gathers batches and writes them, cut by the hash of their keys, many rows at a time.
class PartWriter {
 public:
  /// All references outlive it. `types` are those of the batches' columns.
  PartWriter(const std::vector<Expression>& keys, std::vector<Type> types, int level,
             const ExecContext& context);
  Result<void> add(Batch batch);
  Result<Partitions> finish();

 private:
  Result<void> flush();

  const std::vector<Expression>& keys_;
  std::vector<Type> types_;
  int level_;
  const ExecContext& context_;
  std::vector<Batch> batches_;
  std::uint64_t bytes_ = 0;
  MemoryShare share_;
  Partitions partitions_;
};

/// Rows that were written with their places as the last column.
struct Part {
  std::vector<SpillRun> runs;
  const std::vector<Expression>& keys;
  std::vector<Type> types;  // the place's, too
  int level = 0;            // at which it was cut
};

/// All rows of the part, in the order of their places; or, where memory gets tight and several keys
/// stand in it, parts of the next level. `share` accounts for the rows.
Result<std::variant<Batch, Partitions>> load_part(Part part, const ExecContext& context,
                                                  MemoryShare& share);

}  // namespace quarry::exec
