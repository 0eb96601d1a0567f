// What a run needs from its surroundings: threads, limits, reports. One per query run.
#pragma once

#include "common/kql/exec/memory_budget.h"
#include "common/kql/kernel/context.h"
#include "common/table/reader.h"

#include <cstdint>

namespace quarry::exec {

struct ExecContext {
  kql::RunContext run;
  table::ScanContext scan;
  MemoryBudget* memory = nullptr;
  int threads = 1;
  std::size_t batch_rows = kDefaultBatchRows;
  bool use_needles = true;  // scans may rule out rows by their raw bytes
};

}  // namespace quarry::exec
