#include "common/kql/exec/top_filter.h"

#include <algorithm>
#include <numeric>

namespace quarry::exec {
namespace {

struct TopFilterState final : table::RowFilter::State {
  std::unique_ptr<table::RowFilter::State> inner;
};

}  // namespace

std::unique_ptr<table::RowFilter::State> TopRowFilter::make_state() const {
  auto state = std::make_unique<TopFilterState>();
  if (inner_ != nullptr) state->inner = inner_->make_state();
  return state;
}

Result<void> TopRowFilter::select(State& state, const Batch& batch,
                                  std::vector<std::uint32_t>& kept) const {
  if (inner_ != nullptr) {
    QUARRY_CHECK(inner_->select(*static_cast<TopFilterState&>(state).inner, batch, kept));
  } else {
    kept.resize(batch.rows());
    std::iota(kept.begin(), kept.end(), 0U);
  }
  if (kept.size() <= top_.limit) return {};
  const std::vector<std::uint64_t> prefixes =
      order_prefixes(batch.column(top_.key.column), top_.key);
  std::vector<std::uint64_t> best;
  for (const std::uint32_t row : kept) best.push_back(prefixes[row]);
  const auto last = best.begin() + static_cast<std::ptrdiff_t>(top_.limit) - 1;
  std::ranges::nth_element(best, last);
  const std::uint64_t worst = *last;
  std::erase_if(kept, [&](std::uint32_t row) { return prefixes[row] > worst; });
  return {};
}

}  // namespace quarry::exec
