// Scans -> groups -> the dearest of them, each with its own lists: how every list is built.
#pragma once

#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/scan.h"
#include "tools/etl-report/views/statistics.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace quarry::etl_report {

struct Group {
  std::string key;     // as the earliest scan spells it
  std::string folded;  // what groups are told apart by
  std::vector<const Scan*> scans;
  Statistics statistics;
};

/// In the order of their first scans, which come in the order of earlier(). Scans without what the
/// subject goes by are in no group. `level` is the depth of directories, from 1. Not for kScans.
std::vector<Group> group(std::span<const Scan* const> scans, Subject subject, std::size_t level);

}  // namespace quarry::etl_report
