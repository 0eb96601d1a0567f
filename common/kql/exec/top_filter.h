// The part of top that a scan can do before it reads the other columns: a row whose key is worse
// than those of N others of its own batch is not wanted. What other workers have found is not
// asked: which rows are read further, and so which broken ones are met, must not depend on timing.
#pragma once

#include "common/kql/exec/filter.h"
#include "common/kql/exec/sort_keys.h"

#include <memory>
#include <vector>

namespace quarry::exec {

/// The first `limit` rows (at least one) by `key` are wanted of a scan. The key's column is a
/// position in the filter's columns.
struct ScanTop {
  SortKey key;
  std::uint64_t limit = 1;
};

class TopRowFilter final : public table::RowFilter {
 public:
  /// `inner` selects first; null: nothing else filters.
  TopRowFilter(std::unique_ptr<table::RowFilter> inner, ScanTop top)
      : inner_(std::move(inner)), top_(std::move(top)) {}
  std::unique_ptr<State> make_state() const override;
  Result<void> select(State& state, const Batch& batch,
                      std::vector<std::uint32_t>& kept) const override;
  bool rows_compete() const override { return true; }

 private:
  std::unique_ptr<table::RowFilter> inner_;
  ScanTop top_;
};

}  // namespace quarry::exec
