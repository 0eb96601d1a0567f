// The events of Microsoft-Antimalware-Engine, the provider that a Defender performance recording
// is about: their layouts, for traces that do not bring them.
#pragma once

#include "common/etl/schema/layout.h"
#include "common/etl/schema/schema_set.h"
#include "common/value/guid.h"

#include <vector>

namespace quarry::etl_report {

/// 0a002690-3839-4e3a-b3b6-96d8df868d99
extern const Guid kAntimalwareEngine;

/// In the order of id and version, as LayoutSource::kBuiltIn; a version that changed between
/// releases of Windows has one layout for each form.
std::vector<etl::EventLayout> defender_layouts();
/// The set's own layouts for the same events go before these.
void add_defender_layouts(etl::SchemaSet& schemas);

}  // namespace quarry::etl_report
