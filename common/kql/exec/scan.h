// Sources: a table's reader with the scan's request, and batches held in memory (datatable, a
// breaker's result).
#pragma once

#include "common/kql/exec/filter.h"
#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/top_filter.h"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace quarry::exec {

/// Which rows of a scan are wanted, by the columns that say so.
struct ScanFilter {
  std::shared_ptr<const Conjunction> filter;  // may be null
  std::optional<ScanTop> top;
  std::vector<std::size_t> columns;  // of the reader's schema, as in ScanRequest::filter_columns
  std::vector<table::Needle> needles;
  table::TimeRange time;
};

/// Scans a reader. Columns are given as for table::ScanRequest.
class TableSource final : public Source {
 public:
  TableSource(std::shared_ptr<const table::Reader> reader, std::vector<std::size_t> columns,
              ScanFilter wanted)
      : reader_(std::move(reader)), columns_(std::move(columns)), wanted_(std::move(wanted)) {}
  Result<std::unique_ptr<table::Scan>> open(const ExecContext& context, int workers) override;

 private:
  std::shared_ptr<const table::Reader> reader_;
  std::vector<std::size_t> columns_;
  ScanFilter wanted_;
  std::unique_ptr<table::RowFilter> row_filter_;
};

/// Batches in memory, in order; every batch is a morsel. `batches` may be filled by a sink until
/// the source is opened.
class MemorySource final : public Source {
 public:
  explicit MemorySource(std::shared_ptr<const std::vector<Batch>> batches)
      : batches_(std::move(batches)) {}
  Result<std::unique_ptr<table::Scan>> open(const ExecContext& context, int workers) override;
  /// A breaker's result is small or ordered: one worker.
  int max_workers() const override { return 1; }

 private:
  std::shared_ptr<const std::vector<Batch>> batches_;
};

}  // namespace quarry::exec
