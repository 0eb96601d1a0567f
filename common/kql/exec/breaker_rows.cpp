#include "common/kql/exec/breaker_rows.h"

#include "common/kql/exec/scan.h"

#include <algorithm>

namespace quarry::exec {
namespace {

/// Every batch of the merge is a morsel of its own.
class MergeScan final : public table::Scan {
 public:
  MergeScan(std::shared_ptr<const BreakerRows> rows, const ExecContext& context)
      : rows_(std::move(rows)),
        merge_(*rows_->sorted, context),
        batch_rows_(context.batch_rows),
        left_(rows_->limit.value_or(~std::uint64_t{0})) {}

  std::unique_ptr<Worker> make_worker() override { return std::make_unique<Worker>(); }

  Result<std::optional<std::uint64_t>> next_morsel(Worker&) override {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(batch_rows_, left_));
    QUARRY_TRY(const bool more, merge_.next(most, batch_));
    if (!more) return std::optional<std::uint64_t>();
    left_ -= batch_.rows();
    return std::optional<std::uint64_t>(morsels_++);
  }

  Result<bool> read(Worker&, Batch& out) override {
    if (batch_.rows() == 0) return false;
    std::vector<Column> columns = batch_.columns();
    columns.resize(rows_->columns);
    out = Batch(std::move(columns), batch_.rows());
    batch_ = Batch();
    return true;
  }

 private:
  std::shared_ptr<const BreakerRows> rows_;
  RunMerge merge_;
  std::size_t batch_rows_;
  std::uint64_t left_;
  std::uint64_t morsels_ = 0;
  Batch batch_;
};

}  // namespace

Result<std::unique_ptr<table::Scan>> BreakerSource::open(const ExecContext& context, int workers) {
  if (rows_->sorted)
    return std::unique_ptr<table::Scan>(std::make_unique<MergeScan>(rows_, context));
  return MemorySource(std::shared_ptr<const std::vector<Batch>>(rows_, &rows_->batches))
      .open(context, workers);
}

}  // namespace quarry::exec
