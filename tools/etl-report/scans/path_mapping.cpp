#include "tools/etl-report/scans/path_mapping.h"

#include "common/base/text.h"

#include <algorithm>

namespace quarry::etl_report {

PathMapping::PathMapping(const std::vector<etl::VolumeMapping>& volumes) {
  for (const etl::VolumeMapping& volume : volumes) {
    if (volume.nt_prefix.empty()) continue;
    prefixes_.push_back({text::lower_ascii(volume.nt_prefix), volume.dos_prefix});
  }
  std::stable_sort(prefixes_.begin(), prefixes_.end(), [](const Prefix& a, const Prefix& b) {
    return a.folded.size() > b.folded.size();
  });
}

std::string PathMapping::map(std::string_view path) const {
  for (const Prefix& prefix : prefixes_) {
    const std::string_view head = path.substr(0, prefix.folded.size());
    if (head.size() == prefix.folded.size() && text::iequals_ascii(head, prefix.folded)) {
      return prefix.dos + std::string(path.substr(head.size()));
    }
  }
  return std::string(path);
}

}  // namespace quarry::etl_report
