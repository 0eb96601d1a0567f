#include "common/table/ndjson_reader.h"

#include "common/table/block_scan.h"
#include "common/table/ndjson_rows.h"
#include "common/table/prefilter.h"
#include "common/table/row_batcher.h"

namespace quarry::table {
namespace {

class NdjsonScan final : public Scan {
 public:
  NdjsonScan(const std::vector<io::Input>& inputs, const Schema& schema,
             const NdjsonOptions& options, const ScanRequest& request, const ScanContext& context)
      : schema_(schema),
        request_(request),
        plan_(request),
        prefilter_(request.filter != nullptr ? request.needles : std::vector<Needle>(),
                   Escapes::kJson),
        options_(options),
        feed_(inputs, options.input, io::Boundary::kLine, request, context),
        shared_{schema_,
                plan_,
                prefilter_,
                options_.rows,
                options_.schema_line,
                feed_.bad_lines(),
                context.check_all} {}

  std::unique_ptr<Worker> make_worker() override {
    return std::make_unique<BlockWorker>(shared_, request_);
  }
  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override;
  Result<bool> read(Worker& worker, Batch& out) override;
  void stop() override { feed_.stop(); }

 private:
  struct BlockWorker final : Worker {
    BlockWorker(const NdjsonShared& shared, const ScanRequest& request)
        : rows(shared), batcher(shared.schema, shared.plan, request) {}
    NdjsonRows rows;
    RowBatcher batcher;
  };

  const Schema schema_;
  const ScanRequest request_;
  const ReadPlan plan_;
  const Prefilter prefilter_;
  const NdjsonOptions options_;
  BlockFeed feed_;
  NdjsonShared shared_;
};

Result<std::optional<std::uint64_t>> NdjsonScan::next_morsel(Worker& worker) {
  auto& mine = static_cast<BlockWorker&>(worker);
  mine.batcher.begin(mine.rows,
                     {});  // lets go of the block before, so that its buffer serves again
  QUARRY_TRY(auto block, feed_.next());
  if (!block) return std::nullopt;
  const std::uint64_t number = block->number;
  QUARRY_CHECK(mine.rows.load(*block, feed_.may_end_half_written(*block)));
  mine.batcher.begin(mine.rows, {std::move(block->buffer)});
  return number;
}

Result<bool> NdjsonScan::read(Worker& worker, Batch& out) {
  auto& mine = static_cast<BlockWorker&>(worker);
  QUARRY_TRY(const bool more, mine.batcher.next(out));
  if (!more) count_rows(feed_.context().report, mine.rows.take_rows_met(), mine.batcher);
  return more;
}

class NdjsonReader final : public Reader {
 public:
  NdjsonReader(std::vector<io::Input> inputs, Schema schema, NdjsonOptions options)
      : inputs_(std::move(inputs)), schema_(std::move(schema)), options_(std::move(options)) {}

  const Schema& schema() const override { return schema_; }
  Result<std::unique_ptr<Scan>> scan(const ScanRequest& request,
                                     const ScanContext& context) const override {
    return std::unique_ptr<Scan>(
        std::make_unique<NdjsonScan>(inputs_, schema_, options_, request, context));
  }

 private:
  std::vector<io::Input> inputs_;
  Schema schema_;
  NdjsonOptions options_;
};

}  // namespace

std::shared_ptr<const Reader> make_ndjson_reader(std::vector<io::Input> inputs, Schema schema,
                                                 NdjsonOptions options) {
  return std::make_shared<NdjsonReader>(std::move(inputs), std::move(schema), std::move(options));
}

}  // namespace quarry::table
