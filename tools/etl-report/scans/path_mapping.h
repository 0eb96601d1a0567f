// Paths as the engine logs them -> paths as people write them: "\Device\HarddiskVolume3\Users" ->
// "C:\Users".
#pragma once

#include "common/etl/trace.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::etl_report {

class PathMapping {
 public:
  PathMapping() = default;
  explicit PathMapping(const std::vector<etl::VolumeMapping>& volumes);

  /// The longest prefix that matches, in any case of letters, is replaced; without one the path
  /// stays as it is ("pid:812", "\\.\proc\…", URLs).
  std::string map(std::string_view path) const;

 private:
  struct Prefix {
    std::string folded;  // of the NT path
    std::string dos;
  };
  std::vector<Prefix> prefixes_;  // the longest first
};

}  // namespace quarry::etl_report
