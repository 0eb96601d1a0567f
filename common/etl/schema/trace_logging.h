// TraceLogging: events that carry their own layout (extended item 11).
#pragma once

#include "common/etl/event.h"
#include "common/etl/schema/layout.h"

#include <optional>
#include <string_view>

namespace quarry::etl {

/// The name in the event's own layout; a view into the event; "" where it has none.
std::string_view trace_logging_name(const Event& event);
/// The layout that lies in `block`, the data of item 11: without provider, id and version. nullopt
/// where it cannot be right.
std::optional<EventLayout> parse_trace_logging(Bytes block);

}  // namespace quarry::etl
