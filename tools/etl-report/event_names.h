// What to call providers and events: from layouts, from the events themselves, from tables of the
// kernel's classes.
#pragma once

#include "common/etl/trace.h"

#include <string>
#include <string_view>

namespace quarry::etl_report {

/// "" where unknown.
std::string_view provider_name(const etl::Trace& trace, const Guid& provider);
/// Of an event without a layout: of kernel and merged records their class and type, else "".
std::string class_name(const Guid& provider, std::uint8_t type);
/// Of one sort of event.
std::string event_name(const etl::Trace& trace, const etl::EventKey& key,
                       const etl::EventCount& count);
/// Is there a layout for this sort of event?
bool is_decodable(const etl::Trace& trace, const etl::EventKey& key);

}  // namespace quarry::etl_report
