// Which scans count, by when they began and ended: MinStartTime … of the cmdlet.
#pragma once

#include "common/base/result.h"
#include "tools/etl-report/scans/scan.h"

#include <optional>
#include <string_view>

namespace quarry::etl_report {

/// Inclusive bounds; none: open.
struct TimeFilter {
  std::optional<etl::FileTime> min_start;
  std::optional<etl::FileTime> max_start;
  std::optional<etl::FileTime> min_end;
  std::optional<etl::FileTime> max_end;

  bool accepts(const Scan& scan) const;
  /// kUsage naming both values where nothing could pass: an earliest behind its latest.
  Result<void> check() const;
};

/// A FILETIME number, or any form of datetime that KQL reads; no zone means UTC. nullopt otherwise.
std::optional<etl::FileTime> parse_filetime(std::string_view text);
/// A latest time that is a whole second covers all of that second.
etl::FileTime cover_second(etl::FileTime time);

}  // namespace quarry::etl_report
