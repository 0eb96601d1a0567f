// How busy the engine was over time.
#pragma once

#include "common/output/chart/chart.h"
#include "tools/etl-report/scans/scan.h"

#include <cstddef>
#include <span>

namespace quarry::etl_report {

/// From the first start to the last end in steps of equal length: how many scans ran at a time, on
/// average over the step. Empty without scans and where times are no dates.
output::Timeline scan_load(std::span<const Scan* const> scans, std::size_t steps);

}  // namespace quarry::etl_report
