// One worker's block of CSV: its records, and the wanted fields of each on demand.
#pragma once

#include "common/base/arena.h"
#include "common/io/block.h"
#include "common/table/bad_lines.h"
#include "common/table/csv_reader.h"
#include "common/table/csv_records.h"
#include "common/table/prefilter.h"
#include "common/table/row_batcher.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace quarry::table {

/// What all workers of a scan share. Immutable but for the log.
struct CsvShared {
  const Schema& schema;
  const ReadPlan& plan;
  const Prefilter& prefilter;
  const CsvOptions& options;
  BadLineLog& bad_lines;
  bool check_all = false;
};

class CsvRows final : public RowDecoder {
 public:
  explicit CsvRows(const CsvShared& shared);

  Result<void> load(const io::Block& block);
  /// Keeps texts that had to be decoded; a new one for each block.
  std::shared_ptr<const Arena> arena() const { return arena_; }
  std::uint64_t take_rows_met() { return std::exchange(rows_met_, 0); }

  std::size_t row_count() const override { return rows_.size(); }
  bool decode(std::size_t row, ReadPlan::Stage stage,
              std::span<const json::RawValue>& values) override;
  Result<void> status() const override { return status_; }

 private:
  /// A wanted field and the column of the stage that it fills.
  struct WantedField {
    std::uint32_t field = 0;
    std::size_t slot = 0;
  };
  std::vector<WantedField> wanted_fields(const std::vector<std::size_t>& columns) const;
  std::string_view decoded(std::string_view field);
  Result<void> note(std::uint32_t record, std::string why, std::size_t offset);

  const CsvShared& shared_;
  std::vector<WantedField> wanted_[2];
  std::vector<json::RawValue> values_[2];
  std::string_view text_;
  BadPlace place_;  // of the block's first byte
  std::optional<std::uint64_t> lines_before_;
  std::vector<CsvRecord> records_;
  std::vector<LineRef> lines_;
  std::vector<std::uint8_t> hits_;
  std::vector<std::uint32_t> rows_;  // records that are rows and may pass
  std::uint64_t rows_met_ = 0;
  std::shared_ptr<Arena> arena_;
  std::string scratch_;
  Result<void> status_;
};

}  // namespace quarry::table
