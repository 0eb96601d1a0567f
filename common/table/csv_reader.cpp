#include "common/table/csv_reader.h"

#include "common/table/block_scan.h"
#include "common/table/csv_rows.h"

#include <algorithm>
#include <utility>

namespace quarry::table {
namespace {

/// CSV itself spells a character in one way, but the JSON in a field of a dynamic column may not.
Escapes escapes_of(const Schema& schema, const ScanRequest& request) {
  const auto& columns = request.filter_columns;
  const bool dynamic = std::any_of(columns.begin(), columns.end(), [&](std::size_t column) {
    return schema.columns[column].type == Type::kDynamic;
  });
  return dynamic ? Escapes::kJson : Escapes::kNone;
}

class CsvScan final : public Scan {
 public:
  CsvScan(const std::vector<io::Input>& inputs, const Schema& schema, const CsvOptions& options,
          const ScanRequest& request, const ScanContext& context)
      : schema_(schema),
        request_(request),
        plan_(request),
        prefilter_(request.filter != nullptr ? request.needles : std::vector<Needle>(),
                   escapes_of(schema, request)),
        options_(options),
        feed_(inputs, options.input, io::Boundary::kQuotedRecord, request, context),
        shared_{schema_, plan_, prefilter_, options_, feed_.bad_lines(), context.check_all} {}

  std::unique_ptr<Worker> make_worker() override {
    return std::make_unique<BlockWorker>(shared_, request_);
  }
  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override;
  Result<bool> read(Worker& worker, Batch& out) override;
  void stop() override { feed_.stop(); }

 private:
  struct BlockWorker final : Worker {
    BlockWorker(const CsvShared& shared, const ScanRequest& request)
        : rows(shared), batcher(shared.schema, shared.plan, request) {}
    CsvRows rows;
    RowBatcher batcher;
  };

  const Schema schema_;
  const ScanRequest request_;
  const ReadPlan plan_;
  const Prefilter prefilter_;
  const CsvOptions options_;
  BlockFeed feed_;
  CsvShared shared_;
};

Result<std::optional<std::uint64_t>> CsvScan::next_morsel(Worker& worker) {
  auto& mine = static_cast<BlockWorker&>(worker);
  mine.batcher.begin(mine.rows, {});
  QUARRY_TRY(auto block, feed_.next());
  if (!block) return std::nullopt;
  QUARRY_CHECK(mine.rows.load(*block));
  mine.batcher.begin(mine.rows, {std::move(block->buffer), mine.rows.arena()});
  return block->number;
}

Result<bool> CsvScan::read(Worker& worker, Batch& out) {
  auto& mine = static_cast<BlockWorker&>(worker);
  QUARRY_TRY(const bool more, mine.batcher.next(out));
  if (!more) count_rows(feed_.context().report, mine.rows.take_rows_met(), mine.batcher);
  return more;
}

class CsvReader final : public Reader {
 public:
  CsvReader(std::vector<io::Input> inputs, Schema schema, CsvOptions options)
      : inputs_(std::move(inputs)), schema_(std::move(schema)), options_(std::move(options)) {}

  const Schema& schema() const override { return schema_; }
  Result<std::unique_ptr<Scan>> scan(const ScanRequest& request,
                                     const ScanContext& context) const override {
    return std::unique_ptr<Scan>(
        std::make_unique<CsvScan>(inputs_, schema_, options_, request, context));
  }

 private:
  std::vector<io::Input> inputs_;
  Schema schema_;
  CsvOptions options_;
};

}  // namespace

std::shared_ptr<const Reader> make_csv_reader(std::vector<io::Input> inputs, Schema schema,
                                              CsvOptions options) {
  return std::make_shared<CsvReader>(std::move(inputs), std::move(schema), std::move(options));
}

}  // namespace quarry::table
