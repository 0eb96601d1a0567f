#include "common/table/memory_reader.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace quarry::table {
namespace {

using Batches = std::shared_ptr<const std::vector<Batch>>;

Batch pick(const Batch& batch, const std::vector<std::size_t>& columns) {
  std::vector<Column> picked;
  for (const std::size_t column : columns) picked.push_back(batch.column(column));
  return Batch(std::move(picked), batch.rows());
}

class MemoryScan final : public Scan {
 public:
  MemoryScan(Batches batches, const ScanRequest& request, const ScanContext& context)
      : batches_(std::move(batches)), request_(request), context_(context) {}

  std::unique_ptr<Worker> make_worker() override {
    auto worker = std::make_unique<Position>();
    if (request_.filter != nullptr) worker->filter = request_.filter->make_state();
    return worker;
  }
  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override;
  Result<bool> read(Worker& worker, Batch& out) override;

 private:
  struct Position final : Worker {
    std::size_t batch = 0;
    std::size_t row = 0;
    std::unique_ptr<RowFilter::State> filter;
  };

  Batches batches_;
  ScanRequest request_;
  ScanContext context_;
  std::atomic<std::size_t> next_{0};
};

Result<std::optional<std::uint64_t>> MemoryScan::next_morsel(Worker& worker) {
  if (context_.cancel != nullptr && context_.cancel->cancelled()) return std::nullopt;
  const std::size_t mine = next_.fetch_add(1, std::memory_order_relaxed);
  if (mine >= batches_->size()) return std::nullopt;
  static_cast<Position&>(worker).batch = mine;
  static_cast<Position&>(worker).row = 0;
  return std::uint64_t{mine};
}

Result<bool> MemoryScan::read(Worker& worker, Batch& out) {
  auto& at = static_cast<Position&>(worker);
  const Batch& batch = (*batches_)[at.batch];
  while (at.row < batch.rows()) {
    const std::size_t count =
        std::min(std::max<std::size_t>(1, request_.batch_rows), batch.rows() - at.row);
    const Batch part = count == batch.rows() ? batch : batch.slice(at.row, count);
    at.row += count;
    out = pick(part, request_.columns);
    if (request_.filter == nullptr) return true;
    std::vector<std::uint32_t> kept;
    QUARRY_CHECK(request_.filter->select(*at.filter, pick(part, request_.filter_columns), kept));
    if (kept.empty()) continue;
    if (kept.size() < part.rows())
      out = out.selected(std::make_shared<std::vector<std::uint32_t>>(std::move(kept)));
    return true;
  }
  return false;
}

class MemoryReader final : public Reader {
 public:
  MemoryReader(Schema schema, std::vector<Batch> batches)
      : schema_(std::move(schema)),
        batches_(std::make_shared<const std::vector<Batch>>(std::move(batches))) {}

  const Schema& schema() const override { return schema_; }
  Result<std::unique_ptr<Scan>> scan(const ScanRequest& request,
                                     const ScanContext& context) const override {
    return std::unique_ptr<Scan>(std::make_unique<MemoryScan>(batches_, request, context));
  }
  std::optional<std::uint64_t> row_count() const override {
    std::uint64_t rows = 0;
    for (const Batch& batch : *batches_) rows += batch.rows();
    return rows;
  }

 private:
  Schema schema_;
  Batches batches_;
};

}  // namespace

std::shared_ptr<const Reader> make_memory_reader(Schema schema, std::vector<Batch> batches) {
  return std::make_shared<MemoryReader>(std::move(schema), std::move(batches));
}

}  // namespace quarry::table
