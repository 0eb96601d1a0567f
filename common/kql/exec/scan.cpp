#include "common/kql/exec/scan.h"

#include <atomic>

namespace quarry::exec {
namespace {

class MemoryScan final : public table::Scan {
 public:
  MemoryScan(std::shared_ptr<const std::vector<Batch>> batches, std::size_t batch_rows)
      : batches_(std::move(batches)), batch_rows_(batch_rows) {}

  struct At final : Worker {
    std::size_t batch = 0;
    std::size_t row = 0;
  };
  std::unique_ptr<Worker> make_worker() override { return std::make_unique<At>(); }

  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override {
    const std::size_t mine = next_.fetch_add(1);
    if (mine >= batches_->size()) return std::optional<std::uint64_t>();
    static_cast<At&>(worker).batch = mine;
    static_cast<At&>(worker).row = 0;
    return std::optional<std::uint64_t>(mine);
  }

  Result<bool> read(Worker& worker, Batch& out) override {
    At& at = static_cast<At&>(worker);
    const Batch& batch = (*batches_)[at.batch];
    if (at.row >= batch.rows()) return false;
    const std::size_t count = std::min(batch_rows_, batch.rows() - at.row);
    out = count == batch.rows() ? batch : batch.slice(at.row, count);
    at.row += count;
    return true;
  }

 private:
  std::shared_ptr<const std::vector<Batch>> batches_;
  std::size_t batch_rows_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace

Result<std::unique_ptr<table::Scan>> TableSource::open(const ExecContext& context, int workers) {
  table::ScanRequest request;
  request.columns = columns_;
  if (wanted_.filter != nullptr)
    row_filter_ = std::make_unique<ConjunctionRowFilter>(*wanted_.filter, context);
  // Who wants every byte checked wants every row read.
  if (wanted_.top && !context.scan.check_all)
    row_filter_ = std::make_unique<TopRowFilter>(std::move(row_filter_), *wanted_.top);
  if (row_filter_ != nullptr) {
    request.filter = row_filter_.get();
    request.filter_columns = wanted_.columns;
    if (context.use_needles) request.needles = wanted_.needles;
    request.time = wanted_.time;
  }
  request.batch_rows = context.batch_rows;
  request.workers = workers;
  return reader_->scan(request, context.scan);
}

Result<std::unique_ptr<table::Scan>> MemorySource::open(const ExecContext& context, int) {
  return std::unique_ptr<table::Scan>(std::make_unique<MemoryScan>(batches_, context.batch_rows));
}

}  // namespace quarry::exec
