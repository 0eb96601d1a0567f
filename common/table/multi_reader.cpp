#include "common/table/multi_reader.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace quarry::table {
namespace {

using Readers = std::vector<std::shared_ptr<const Reader>>;

class MultiScan final : public Scan {
 public:
  MultiScan(const Readers& readers, const ScanRequest& request, const ScanContext& context)
      : readers_(readers), request_(request), context_(context) {}

  std::unique_ptr<Worker> make_worker() override { return std::make_unique<Part>(); }
  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override;
  Result<bool> read(Worker& worker, Batch& out) override {
    auto& part = static_cast<Part&>(worker);
    return part.scan->read(*part.worker, out);
  }
  void stop() override;

 private:
  /// A worker's place in one of the scans; it keeps that scan alive until it moves on.
  struct Part final : Worker {
    std::shared_ptr<Scan> scan;
    std::unique_ptr<Worker> worker;  // after the scan: dies first
  };
  Result<bool> enter_current(Part& part);
  Result<std::optional<std::uint64_t>> ask(Part& part);
  void leave_exhausted();

  Readers readers_;
  ScanRequest request_;
  ScanContext context_;
  std::mutex mutex_;  // guards all below
  std::condition_variable idle_;
  std::size_t next_reader_ = 0;
  std::shared_ptr<Scan> current_;
  std::uint64_t base_ = 0;     // number of the current scan's first morsel
  std::uint64_t claimed_ = 0;  // morsels of the current scan
  int claiming_ = 0;           // workers that are asking the current scan
};

// Others wait for all claims to end: they must hear of this one's also where memory runs out.
Result<std::optional<std::uint64_t>> MultiScan::ask(Part& part) {
  try {
    return part.scan->next_morsel(*part.worker);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    --claiming_;
    idle_.notify_all();
    throw;
  }
}

Result<std::optional<std::uint64_t>> MultiScan::next_morsel(Worker& worker) {
  auto& part = static_cast<Part&>(worker);
  while (true) {
    QUARRY_TRY(const bool entered, enter_current(part));
    if (!entered) return std::nullopt;
    auto morsel = ask(part);
    std::unique_lock lock(mutex_);
    --claiming_;
    idle_.notify_all();
    if (!morsel) return fail(std::move(morsel).error());
    if (*morsel) {
      claimed_ = std::max(claimed_, **morsel + 1);
      return base_ + **morsel;
    }
    // Used up. Its number of morsels is known once nobody is claiming any more.
    idle_.wait(lock, [&] { return claiming_ == 0 || current_ != part.scan; });
    if (current_ == part.scan) leave_exhausted();
  }
}

// Puts the worker into the scan that is read now, opening it if need be; false when all are read.
Result<bool> MultiScan::enter_current(Part& part) {
  const std::lock_guard lock(mutex_);
  if (current_ == nullptr) {
    if (next_reader_ == readers_.size()) return false;
    QUARRY_TRY(std::unique_ptr<Scan> opened, readers_[next_reader_++]->scan(request_, context_));
    current_ = std::move(opened);
  }
  if (part.scan != current_) {
    part.worker.reset();
    part.scan = current_;
    part.worker = part.scan->make_worker();
  }
  ++claiming_;
  return true;
}

void MultiScan::stop() {
  std::shared_ptr<Scan> current;
  {
    const std::lock_guard lock(mutex_);
    next_reader_ = readers_.size();
    current = current_;
  }
  if (current != nullptr) current->stop();
}

// With the lock held.
void MultiScan::leave_exhausted() {
  base_ += std::exchange(claimed_, 0);
  current_.reset();
}

class MultiReader final : public Reader {
 public:
  MultiReader(Schema schema, Readers readers)
      : schema_(std::move(schema)), readers_(std::move(readers)) {}

  const Schema& schema() const override { return schema_; }
  Result<std::unique_ptr<Scan>> scan(const ScanRequest& request,
                                     const ScanContext& context) const override {
    return std::unique_ptr<Scan>(std::make_unique<MultiScan>(readers_, request, context));
  }
  std::optional<std::uint64_t> row_count() const override {
    std::uint64_t rows = 0;
    for (const auto& reader : readers_) {
      const auto part = reader->row_count();
      if (!part) return std::nullopt;
      rows += *part;
    }
    return rows;
  }

 private:
  Schema schema_;
  Readers readers_;
};

}  // namespace

std::shared_ptr<const Reader> make_multi_reader(
    Schema schema, std::vector<std::shared_ptr<const Reader>> readers) {
  if (readers.size() == 1) return std::move(readers.front());
  return std::make_shared<MultiReader>(std::move(schema), std::move(readers));
}

}  // namespace quarry::table
