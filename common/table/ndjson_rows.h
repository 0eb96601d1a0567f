// One worker's block of NDJSON: which of its lines are rows, and their values on demand.
#pragma once

#include "common/io/block.h"
#include "common/json/row_parser.h"
#include "common/table/bad_lines.h"
#include "common/table/prefilter.h"
#include "common/table/record_router.h"
#include "common/table/row_batcher.h"
#include "common/table/schema_line.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace quarry::table {

/// What all workers of a scan share. Immutable but for the log and the report.
struct NdjsonShared {
  const Schema& schema;
  const ReadPlan& plan;
  const Prefilter& prefilter;
  const RowsWanted& rows;
  const std::optional<SchemaLine>& schema_line;
  BadLineLog& bad_lines;
  bool check_all = false;
};

/// Values of the wanted columns of one record, from its row and, where that lacks them, from its
/// envelope.
class RecordDecoder {
 public:
  RecordDecoder(const Schema& schema, const std::vector<std::size_t>& columns);

  bool decode(std::string_view text, const Record& record, std::span<const json::RawValue>& values);
  /// After false; the offset is from the start of `text`.
  json::Malformed problem(std::string_view text, const Record& record) const;

 private:
  /// Columns that an envelope may have, and the keys that they have there.
  struct EnvelopeColumns {
    std::vector<std::size_t> slots;
    std::optional<json::RowParser> parser;
  };
  static EnvelopeColumns envelope_columns(EnvelopeKind kind, const std::vector<std::string>& names);
  void fill_from(EnvelopeColumns& columns, std::string_view envelope);

  json::RowParser row_;
  EnvelopeColumns streaming_;
  EnvelopeColumns azure_;
  std::vector<json::RawValue> merged_;
};

class NdjsonRows final : public RowDecoder {
 public:
  explicit NdjsonRows(const NdjsonShared& shared);

  /// Takes a block and finds its rows. `half_line_ok`: a broken last line without newline is no bad
  /// line.
  Result<void> load(const io::Block& block, bool half_line_ok);
  /// Takes elements of a JSON array instead: where each stands in the block's text, and the line of
  /// the input where it begins.
  Result<void> load_elements(const io::Block& block, std::vector<LineRef> elements,
                             std::vector<std::uint64_t> line_numbers);
  /// Rows of the block, before the filter; the second call gives 0.
  std::uint64_t take_rows_met() { return std::exchange(rows_met_, 0); }

  std::size_t row_count() const override { return records_.size(); }
  bool decode(std::size_t row, ReadPlan::Stage stage,
              std::span<const json::RawValue>& values) override;
  Result<void> status() const override { return status_; }

 private:
  void begin(const io::Block& block);
  Result<void> load_lines();
  float filter_reach();
  Result<void> load_line(std::uint32_t number, bool may_pass);
  Result<void> check_schema_line(std::string_view line);
  Result<void> note(std::uint32_t line, const char* what, std::size_t offset);
  const char* find_fault(std::string_view line, std::size_t& offset) const;
  bool is_half_line(std::uint32_t line) const;
  std::uint64_t line_number(std::uint32_t line) const;

  const NdjsonShared& shared_;
  RecordRouter router_;
  RecordDecoder decoders_[2];
  std::string_view text_;
  std::uint64_t order_ = 0;
  std::uint64_t first_byte_ = 0;
  std::uint32_t input_ = 0;
  std::optional<std::uint64_t> lines_before_;
  bool half_line_ok_ = false;
  std::vector<LineRef> lines_;
  std::vector<std::uint64_t> line_numbers_;  // where they are known beforehand
  std::vector<std::uint8_t> hits_;
  std::vector<Record> records_;
  std::uint64_t rows_met_ = 0;
  Result<void> status_;
};

}  // namespace quarry::table
