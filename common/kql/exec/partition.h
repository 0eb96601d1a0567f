// Groups all rows by a key and runs a program of its own over each group; the results follow one
// another.
#pragma once

#include "common/kql/exec/apply.h"
#include "common/kql/exec/breaker_rows.h"
#include "common/kql/exec/collect.h"
#include "common/kql/exec/expression.h"
#include "common/kql/exec/spill/partitions.h"

#include <functional>
#include <memory>
#include <vector>

namespace quarry::exec {

/// All rows as groups with equal keys, in order of first appearance; rows keep their order.
std::vector<IndexBuffer> groups_of(std::span<const Column> keys, std::size_t rows);

/// One group after another, in order of first appearance. Rows that memory has no room for go to
/// disk, in parts by the hash of the key; a group must fit.
class Partition final : public Sink {
 public:
  /// `types` are those of the input's columns, `key` the place of the key among them; `results` are
  /// those of the program's columns.
  Partition(std::shared_ptr<const RowProgram> program, std::vector<Type> types, std::size_t key,
            std::vector<Type> results)
      : program_(std::move(program)),
        types_(std::move(types)),
        key_{Expression::of_column(key, types_[key])},
        results_(std::move(results)) {}
  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState& state) override;
  Result<void> finish(const ExecContext& context) override;

  std::shared_ptr<const BreakerRows> rows() const { return rows_; }

 private:
  struct State;
  using Take = std::function<Result<void>(const Batch& made, std::uint32_t first_row)>;
  Result<void> spill(std::vector<PlacedBatch>& batches, const ExecContext& context,
                     Partitions& parts) const;
  Result<void> run_groups(const Batch& all, const ExecContext& context, const Take& take) const;
  Result<void> finish_spilled(const ExecContext& context);
  Result<void> finish_part(std::vector<SpillRun> runs, int level, const ExecContext& context);

  std::shared_ptr<const RowProgram> program_;
  std::vector<Type> types_;
  std::vector<Expression> key_;
  std::vector<Type> results_;
  std::vector<PlacedBatch> collected_;
  std::vector<MemoryShare> shares_;
  Partitions parts_;
  std::shared_ptr<BreakerRows> rows_ = std::make_shared<BreakerRows>();
};

}  // namespace quarry::exec
