#include "tools/etl-report/forms/scan_load.h"

#include <algorithm>
#include <cstdint>

namespace quarry::etl_report {

output::Timeline scan_load(std::span<const Scan* const> scans, std::size_t steps) {
  output::Timeline load{.title = "Scan load over time",
                        .value_name = "scans at a time",
                        .start = {},
                        .step = {},
                        .values = {}};
  if (scans.empty() || steps == 0) return load;
  etl::FileTime first = scans.front()->start;
  etl::FileTime last = first;
  for (const Scan* const scan : scans) {
    first = std::min(first, scan->start);
    last = std::max(last, scan->end);
  }
  const auto start = etl::to_datetime(first);
  if (!start || !etl::to_datetime(last)) return load;
  const auto count = static_cast<std::int64_t>(steps);
  const std::int64_t step = ticks_between(first, last) / count + 1;
  load.start = *start;
  load.step = {step};
  load.values.assign(steps, 0);
  for (const Scan* const scan : scans) {
    const std::int64_t from = ticks_between(first, scan->start);
    const std::int64_t to = from + scan->duration();
    for (std::int64_t i = from / step; i < count && i * step < to; ++i) {
      const std::int64_t busy = std::min(to, (i + 1) * step) - std::max(from, i * step);
      load.values[static_cast<std::size_t>(i)] +=
          static_cast<double>(busy) / static_cast<double>(step);
    }
  }
  return load;
}

}  // namespace quarry::etl_report
