// top-nested: groups within groups. Each level splits the groups of the level above by a value and
// keeps the best of each; rows that did not make it may be summed up as "others". All rows are
// held, since a level's groups are known only when the level above is done.
#pragma once

#include "common/kql/exec/aggregate.h"
#include "common/kql/exec/collect.h"

#include <memory>
#include <optional>
#include <vector>

namespace quarry::exec {

struct TopNestedLevel {
  Expression key;                      // over the input
  std::vector<AggregateStep> steps;    // over the input
  std::vector<Type> result_types;      // of all steps
  Expression value;                    // what orders: over [group, key, results of the steps]
  std::optional<std::uint64_t> limit;  // none: all
  bool descending = true;
  std::optional<Scalar> others;  // the key of the rest
};

/// Output: key and value of each level; the best first on every level, "others" last. Below
/// "others" a level without others of its own is null.
class TopNested final : public Sink {
 public:
  TopNested(std::vector<TopNestedLevel> levels, std::vector<Type> types)
      : levels_(std::move(levels)), types_(std::move(types)) {}
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
  std::vector<TopNestedLevel> levels_;
  std::vector<Type> types_;
  Collect rows_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
