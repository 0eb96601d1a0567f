#include "common/table/json_array_reader.h"

#include "common/table/element_feed.h"
#include "common/table/ndjson_rows.h"
#include "common/table/prefilter.h"
#include "common/table/row_batcher.h"

#include <utility>

namespace quarry::table {
namespace {

class JsonArrayScan final : public Scan {
 public:
  JsonArrayScan(const std::vector<io::Input>& inputs, const Schema& schema,
                const NdjsonOptions& options, const ScanRequest& request,
                const ScanContext& context)
      : schema_(schema),
        request_(request),
        context_(context),
        plan_(request),
        prefilter_(request.filter != nullptr ? request.needles : std::vector<Needle>(),
                   Escapes::kJson),
        options_(options),
        feed_(inputs, options.input, context),
        bad_lines_(
            context, [this](std::uint32_t input) { return feed_.inputs()[input].name; },
            [](const BadPlace& place) { return place.line; }),
        shared_{
            schema_,          plan_, prefilter_, options_.rows, options_.schema_line, bad_lines_,
            context.check_all} {}

  std::unique_ptr<Worker> make_worker() override {
    return std::make_unique<ElementWorker>(shared_, request_);
  }
  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override;
  Result<bool> read(Worker& worker, Batch& out) override;
  void stop() override { feed_.stop(); }

 private:
  struct ElementWorker final : Worker {
    ElementWorker(const NdjsonShared& shared, const ScanRequest& request)
        : rows(shared), batcher(shared.schema, shared.plan, request) {}
    NdjsonRows rows;
    RowBatcher batcher;
  };

  const Schema schema_;
  const ScanRequest request_;
  const ScanContext context_;
  const ReadPlan plan_;
  const Prefilter prefilter_;
  const NdjsonOptions options_;
  ElementFeed feed_;
  BadLineLog bad_lines_;
  NdjsonShared shared_;
};

Result<std::optional<std::uint64_t>> JsonArrayScan::next_morsel(Worker& worker) {
  auto& mine = static_cast<ElementWorker&>(worker);
  mine.batcher.begin(mine.rows, {});
  QUARRY_TRY(auto next, feed_.next());
  if (!next) return std::nullopt;
  QUARRY_CHECK(
      mine.rows.load_elements(next->block, std::move(next->elements), std::move(next->lines)));
  mine.batcher.begin(mine.rows, {next->block.buffer});
  return next->block.number;
}

Result<bool> JsonArrayScan::read(Worker& worker, Batch& out) {
  auto& mine = static_cast<ElementWorker&>(worker);
  QUARRY_TRY(const bool more, mine.batcher.next(out));
  if (!more) count_rows(context_.report, mine.rows.take_rows_met(), mine.batcher);
  return more;
}

class JsonArrayReader final : public Reader {
 public:
  JsonArrayReader(std::vector<io::Input> inputs, Schema schema, NdjsonOptions options)
      : inputs_(std::move(inputs)), schema_(std::move(schema)), options_(std::move(options)) {}

  const Schema& schema() const override { return schema_; }
  Result<std::unique_ptr<Scan>> scan(const ScanRequest& request,
                                     const ScanContext& context) const override {
    return std::unique_ptr<Scan>(
        std::make_unique<JsonArrayScan>(inputs_, schema_, options_, request, context));
  }

 private:
  std::vector<io::Input> inputs_;
  Schema schema_;
  NdjsonOptions options_;
};

}  // namespace

std::shared_ptr<const Reader> make_json_array_reader(std::vector<io::Input> inputs, Schema schema,
                                                     NdjsonOptions options) {
  return std::make_shared<JsonArrayReader>(std::move(inputs), std::move(schema),
                                           std::move(options));
}

}  // namespace quarry::table
