// Records that describe others: layouts and maps of events, names of volumes.
#pragma once

#include "common/etl/event.h"
#include "common/etl/problem.h"
#include "common/etl/schema/schema_set.h"
#include "common/etl/trace.h"

#include <vector>

namespace quarry::etl {

/// Keeps what the event describes, where it does describe something.
void collect_metadata(const Event& event, SchemaSet& schemas, std::vector<VolumeMapping>& volumes,
                      Problems& problems);

}  // namespace quarry::etl
