// Sources: a table's reader with the scan's request, and batches held in memory (datatable, a
// breaker's result).
#pragma once

#include "common/kql/exec/filter.h"
#include "common/kql/exec/pipeline.h"

#include <memory>
#include <mutex>
#include <vector>

namespace quarry::exec {

/// Scans a reader. Columns and filter are given as for table::ScanRequest.
class TableSource final : public Source {
 public:
  TableSource(std::shared_ptr<const table::Reader> reader, std::vector<std::size_t> columns,
              std::shared_ptr<const Conjunction> filter, std::vector<std::size_t> filter_columns,
              std::vector<table::Needle> needles);
  Result<std::unique_ptr<table::Scan>> open(const ExecContext& context, int workers) override;

 private:
  std::shared_ptr<const table::Reader> reader_;
  std::vector<std::size_t> columns_;
  std::shared_ptr<const Conjunction> filter_;
  std::vector<std::size_t> filter_columns_;
  std::vector<table::Needle> needles_;
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
