// Two recordings beside each other: what got dearer and what cheaper.
#pragma once

#include "common/output/report.h"
#include "common/value/batch_sink.h"
#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/recordings.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace quarry::etl_report {

struct Change {
  std::string key;  // as the first recording spells it, else as the second does
  Statistics before;
  Statistics after;

  /// Of the total duration, in ticks; negative: cheaper.
  std::int64_t ticks() const { return after.total - before.total; }
};

struct Changes {
  Subject subject = Subject::kFiles;
  std::vector<Change> all;  // the largest change first
};

/// Files, processes and extensions, of scans of the recordings numbered 0 and 1; `top` of each, 0:
/// all. What did not change is left out.
std::vector<Changes> compare(std::span<const Scan* const> scans, std::size_t top);

/// A table for each subject: change, before, after, name.
output::ReportTable change_table(const Changes& changes);
/// "Files", "Processes" …
std::string_view title_of(Subject subject);
/// One row a change: Kind, Name, CountBefore, CountAfter, TotalBefore, TotalAfter, Change; ticks.
Result<void> write_changes(const std::vector<Changes>& changes, BatchSink& sink);

}  // namespace quarry::etl_report
