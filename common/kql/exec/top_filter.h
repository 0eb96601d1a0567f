// The part of top that a scan can do before it reads the other columns: a row whose key is worse
// than the N best known, or than N others of its own batch, is not wanted.
#pragma once

#include "common/kql/exec/filter.h"
#include "common/kql/exec/top_n.h"

#include <memory>
#include <vector>

namespace quarry::exec {

/// The first `limit` rows by `key` are wanted of a scan; bound says what is known by now. The key's
/// column is a position in the filter's columns.
struct ScanTop {
  SortKey key;
  std::uint64_t limit = 0;
  std::shared_ptr<const TopBound> bound;
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
