// Layouts of records that no trace describes: those of the kernel logger and of merging.
#pragma once

#include "common/etl/schema/schema_set.h"

namespace quarry::etl {

void add_built_in_layouts(SchemaSet& schemas);

}  // namespace quarry::etl
