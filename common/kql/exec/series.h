// Lays grouped rows out as arrays over a regular axis: one row a group, one element a step, a
// default where there was no row.
#pragma once

#include "common/kql/exec/collect.h"
#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::exec {

/// Input columns: keys, the place on the axis, values (dynamic). Steps are counted in ticks, in
/// whole numbers, or in reals.
struct SeriesPlan {
  std::vector<Type> types;  // of all input columns
  std::size_t keys = 0;
  std::vector<std::string> defaults;  // JSON, one for each value
  double step = 1;                    // of a real axis
  std::int64_t whole_step = 1;        // of the others
  std::optional<double> start;        // none: the first place met
  std::optional<std::int64_t> whole_start;
  std::optional<std::uint64_t> length;  // none: up to the last place met
  bool one_row_when_empty = false;
  Expression axis_element;  // the axis as dynamic, over a batch of one column of its type
};

/// Output: keys, an array for each value, the array of the axis; groups in order of first
/// appearance.
class Series final : public Sink {
 public:
  explicit Series(SeriesPlan plan) : plan_(std::move(plan)) {}
  bool ordered() const override { return rows_.ordered(); }
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
  struct Axis;
  Result<Axis> axis_of(const Column& places, const ExecContext& context) const;
  Column array_column(const Batch& all, std::size_t value,
                      const std::vector<std::vector<std::int64_t>>& groups) const;

  SeriesPlan plan_;
  Collect rows_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
