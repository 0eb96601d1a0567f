// From rows to batches, for every format alike: reads the columns of the filter first, asks the
// filter, then reads the other columns of the survivors only (late materialisation).
#pragma once

#include "common/json/row_parser.h"
#include "common/table/cell_writer.h"
#include "common/table/reader.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace quarry::table {

/// Which columns are read when, and where they come out. Made once a scan.
struct ReadPlan {
  enum Stage : std::uint8_t { kFirst = 0, kSecond = 1 };
  struct Output {
    Stage stage = kFirst;
    std::size_t position = 0;  // in the stage's columns
  };
  std::vector<std::size_t>
      columns[2];  // of the schema; with a filter, kFirst are its columns and come in their order
  std::vector<Output> outputs;  // by ScanRequest::columns
  bool filtered = false;

  explicit ReadPlan(const ScanRequest& request);
  /// Nothing to read but the number of rows.
  bool counts_only() const { return columns[kFirst].empty() && columns[kSecond].empty(); }
};

/// The rows that a batcher reads: those of a block, by number.
class RowDecoder {
 public:
  virtual ~RowDecoder() = default;
  virtual std::size_t row_count() const = 0;
  /// The values of a row for the columns of a stage, valid until the next call; false where the row
  /// is broken (and has been noted).
  virtual bool decode(std::size_t row, ReadPlan::Stage stage,
                      std::span<const json::RawValue>& values) = 0;
  /// The error that ends the scan, if noting a broken row brought one.
  virtual Result<void> status() const = 0;
};

/// One worker's. Not thread-safe.
class RowBatcher {
 public:
  RowBatcher(const Schema& schema, const ReadPlan& plan, const ScanRequest& request);

  /// Begins with a decoder's first row. `owners` keep alive what its values point at.
  void begin(RowDecoder& decoder, std::vector<KeepAlive> owners);
  /// The next batch, not empty; false when there is none.
  Result<bool> next(Batch& out);
  /// Adds the values so far that did not fit their column, and forgets them.
  void take_misfits(MisfitLog& log);
  std::uint64_t take_rows_decoded() { return std::exchange(decoded_, 0); }

 private:
  void read_stage(ReadPlan::Stage stage, std::vector<std::uint32_t>& rows);
  std::vector<Column> finish_stage(ReadPlan::Stage stage);
  Result<void> select_sound(Batch& first, std::vector<std::uint32_t>& kept);
  std::vector<std::uint32_t> read_second_stage(std::vector<std::uint32_t>& kept);
  void drop_rows(Batch& first, const std::vector<std::uint32_t>& broken);
  Batch assemble(const std::vector<Column>& first, const std::vector<Column>& second,
                 std::size_t rows) const;

  void note_misfit(ReadPlan::Stage stage, std::size_t slot, std::string_view text);

  const ReadPlan& plan_;
  const RowFilter* filter_;
  std::unique_ptr<RowFilter::State> filter_state_;
  std::size_t batch_rows_;
  std::vector<std::unique_ptr<CellWriter>> writers_[2];
  RowDecoder* decoder_ = nullptr;
  std::vector<KeepAlive> owners_;
  std::size_t next_row_ = 0;
  std::vector<std::uint32_t> rows_;  // of the batch being read
  const Schema& schema_;
  std::vector<MisfitLog::Entry> misfits_[2];  // by the stage's columns
  std::uint64_t decoded_ = 0;
};

/// Adds to the report, which may be null, what a worker has done with a block.
void count_rows(ScanReport* report, std::uint64_t rows_met, RowBatcher& batcher);

}  // namespace quarry::table
