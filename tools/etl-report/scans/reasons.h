// What the engine's numbers and texts mean.
#pragma once

#include "tools/etl-report/scans/scan.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::etl_report {

/// Why a stream was scanned (Reason of Streamscanrequest): "OnOpen", "AMSI" …; the number as text
/// where it has no name.
std::string stream_reason(std::uint32_t number);
/// Who asked for a scan of resources (ScanSource of Scanrequest): "Scheduled", "EDRSensor" …
std::string scan_source(std::uint32_t number);

/// From the text of event Skippedfile. Ours: its texts are not public.
SkipReason skip_reason(std::string_view text);

}  // namespace quarry::etl_report
