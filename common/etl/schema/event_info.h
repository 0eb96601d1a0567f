// Layouts and value maps as merged traces hold them: TRACE_EVENT_INFO and EVENT_MAP_INFO (tdh.h).
#pragma once

#include "common/etl/bytes.h"
#include "common/etl/schema/layout.h"

#include <optional>

namespace quarry::etl {

/// nullopt where sizes, counts or references cannot be right: a struct that holds itself or nests
/// deeper than 4, more properties than bytes.
std::optional<EventLayout> parse_event_info(Bytes info);
/// Provider, id and version only, which tell whether the rest is wanted.
void read_event_info_key(Bytes info, EventLayout& layout);
/// `info` begins behind the provider's GUID.
std::optional<ValueMap> parse_event_map(Bytes info);

}  // namespace quarry::etl
