// Groups all rows by a key and runs a program of its own over each group; the results follow one
// another.
#pragma once

#include "common/kql/exec/apply.h"
#include "common/kql/exec/collect.h"

#include <memory>
#include <vector>

namespace quarry::exec {

/// All rows as groups with equal keys, in order of first appearance; rows keep their order.
std::vector<IndexBuffer> groups_of(std::span<const Column> keys, std::size_t rows);

/// One group after another, in order of first appearance.
class Partition final : public Sink {
 public:
  /// `types` are those of the input's columns, `key` the place of the key among them.
  Partition(std::shared_ptr<const RowProgram> program, std::vector<Type> types, std::size_t key)
      : program_(std::move(program)), types_(std::move(types)), key_(key) {}
  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override {
    return rows_.make_state(context);
  }
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override {
    return rows_.push(state, batch, first);
  }
  Result<void> combine(SinkState& state) override { return rows_.combine(state); }
  Result<void> finish(const ExecContext& context) override;

  std::shared_ptr<const std::vector<Batch>> batches() const { return batches_; }

 private:
  std::shared_ptr<const RowProgram> program_;
  std::vector<Type> types_;
  std::size_t key_;
  Collect rows_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
