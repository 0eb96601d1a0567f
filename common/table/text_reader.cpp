#include "common/table/text_reader.h"

#include "common/base/unicode.h"
#include "common/table/block_lines.h"
#include "common/table/block_scan.h"
#include "common/table/row_batcher.h"

#include <utility>

namespace quarry::table {
namespace {

/// One worker's block of lines.
class TextRows final : public RowDecoder {
 public:
  TextRows(const ReadPlan& plan, BadLineLog& bad_lines, bool skip_first)
      : plan_(plan), bad_lines_(bad_lines), skip_first_(skip_first) {
    for (const auto stage : {ReadPlan::kFirst, ReadPlan::kSecond})
      values_[stage].resize(plan.columns[stage].size());
  }

  void load(const io::Block& block) {
    text_ = block.text;
    place_ = {.input = block.input, .order = block.number, .start = block.first_byte};
    split_lines(text_, lines_);
    if (skip_first_ && block.starts_input && !lines_.empty()) lines_.erase(lines_.begin());
  }

  std::size_t row_count() const override { return lines_.size(); }
  bool decode(std::size_t row, ReadPlan::Stage stage,
              std::span<const json::RawValue>& values) override {
    const std::string_view line = lines_[row].in(text_);
    if (const std::size_t bad = unicode::find_invalid(line); bad != std::string_view::npos) {
      BadPlace place = place_;
      place.start += lines_[row].begin;
      place.byte = bad + 1;
      Result<void> noted = bad_lines_.note(place, line, "invalid UTF-8");
      if (!noted && status_) status_ = std::move(noted);
      return false;
    }
    for (std::size_t slot = 0; slot < values_[stage].size(); ++slot) {
      if (plan_.columns[stage][slot] == 0)
        values_[stage][slot] = {line.data(), static_cast<std::uint32_t>(line.size()),
                                json::TokenKind::kPlainText};
    }
    values = values_[stage];
    return true;
  }
  Result<void> status() const override { return status_; }

 private:
  const ReadPlan& plan_;
  BadLineLog& bad_lines_;
  bool skip_first_;
  std::string_view text_;
  BadPlace place_;  // of the block's first byte
  std::vector<LineRef> lines_;
  std::vector<json::RawValue> values_[2];
  Result<void> status_;
};

class TextScan final : public Scan {
 public:
  TextScan(const std::vector<io::Input>& inputs, const Schema& schema, const InputOptions& options,
           bool skip_first, const ScanRequest& request, const ScanContext& context)
      : schema_(schema),
        request_(request),
        plan_(request),
        skip_first_(skip_first),
        feed_(inputs, options, io::Boundary::kLine, request, context) {}

  std::unique_ptr<Worker> make_worker() override { return std::make_unique<TextWorker>(*this); }
  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override {
    auto& mine = static_cast<TextWorker&>(worker);
    mine.batcher.begin(mine.rows, {});
    QUARRY_TRY(auto block, feed_.next());
    if (!block) return std::nullopt;
    mine.rows.load(*block);
    mine.batcher.begin(mine.rows, {std::move(block->buffer)});
    return block->number;
  }
  Result<bool> read(Worker& worker, Batch& out) override {
    auto& mine = static_cast<TextWorker&>(worker);
    QUARRY_TRY(const bool more, mine.batcher.next(out));
    if (!more) count_rows(feed_.context().report, mine.rows.row_count(), mine.batcher);
    return more;
  }
  void stop() override { feed_.stop(); }

 private:
  struct TextWorker final : Worker {
    explicit TextWorker(TextScan& scan)
        : rows(scan.plan_, scan.feed_.bad_lines(), scan.skip_first_),
          batcher(scan.schema_, scan.plan_, scan.request_) {}
    TextRows rows;
    RowBatcher batcher;
  };

  const Schema schema_;
  const ScanRequest request_;
  const ReadPlan plan_;
  const bool skip_first_;
  BlockFeed feed_;
};

class TextReader final : public Reader {
 public:
  TextReader(std::vector<io::Input> inputs, Schema schema, InputOptions options, bool skip_first)
      : inputs_(std::move(inputs)),
        schema_(std::move(schema)),
        options_(options),
        skip_first_(skip_first) {}

  const Schema& schema() const override { return schema_; }
  Result<std::unique_ptr<Scan>> scan(const ScanRequest& request,
                                     const ScanContext& context) const override {
    return std::unique_ptr<Scan>(
        std::make_unique<TextScan>(inputs_, schema_, options_, skip_first_, request, context));
  }

 private:
  std::vector<io::Input> inputs_;
  Schema schema_;
  InputOptions options_;
  bool skip_first_;
};

}  // namespace

std::shared_ptr<const Reader> make_text_reader(std::vector<io::Input> inputs, Schema schema,
                                               InputOptions options, bool skip_first) {
  return std::make_shared<TextReader>(std::move(inputs), std::move(schema), options, skip_first);
}

}  // namespace quarry::table
