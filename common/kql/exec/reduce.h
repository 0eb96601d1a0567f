// reduce: groups texts by what they have in common, after R. Vaarandi, "A Data Clustering Algorithm
// for Mining Patterns From Event Logs" (2003): words that are frequent at their position make the
// pattern of a text, the others become `*`; patterns with enough texts are clusters, everything
// else is "others".
#pragma once

#include "common/kql/exec/collect.h"

#include <memory>
#include <string>
#include <vector>

namespace quarry::exec {

struct ReduceRules {
  double threshold = 0.1;  // least share of the rows; two rows at least
  std::string characters;  // separate words too, beside all that is no letter or digit
};

enum class ReduceOutput : std::uint8_t {
  kClusters,  // Pattern, Count, Representative; the largest first, "others" last
  kRows       // the input's columns and Pattern
};

class Reduce final : public Sink {
 public:
  /// `types` are those of the input's columns; the text is the last of them (and no part of the
  /// output).
  Reduce(ReduceRules rules, ReduceOutput output, std::vector<Type> types)
      : rules_(std::move(rules)), output_(output), types_(std::move(types)) {}
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
  ReduceRules rules_;
  ReduceOutput output_;
  std::vector<Type> types_;
  Collect rows_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
