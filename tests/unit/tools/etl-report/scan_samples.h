// Scans for tests, by hand.
#pragma once

#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/recordings.h"
#include "tools/etl-report/scans/scan.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace quarry::etl_report {

/// Texts must outlive the scan: literals.
inline Scan made_scan(std::string_view path, std::int64_t start, std::int64_t duration,
                      std::string_view process = "", std::uint32_t process_id = 0) {
  Scan scan;
  scan.path = path;
  scan.start = {start};
  scan.end = {start + duration};
  scan.process_path = process;
  scan.process_id = process_id;
  scan.reason = "OnOpen";
  return scan;
}

inline std::vector<const Scan*> pointers(const std::vector<Scan>& scans) {
  return chosen_scans(scans, {});
}

}  // namespace quarry::etl_report
