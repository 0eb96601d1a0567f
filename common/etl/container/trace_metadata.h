// Records that describe others: layouts and maps of events, names of volumes.
#pragma once

#include "common/etl/event.h"
#include "common/etl/problem.h"
#include "common/etl/schema/schema_set.h"
#include "common/etl/trace.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace quarry::etl {

/// Volume mappings in the order of the file, each once.
class VolumeNames {
 public:
  void add(VolumeMapping volume);
  std::vector<VolumeMapping> take() { return std::move(volumes_); }

 private:
  std::vector<VolumeMapping> volumes_;
  std::set<std::pair<std::string, std::string>> known_;
};

/// Keeps what the event describes, where it does describe something.
void collect_metadata(const Event& event, SchemaSet& schemas, VolumeNames& volumes,
                      Problems& problems);

}  // namespace quarry::etl
