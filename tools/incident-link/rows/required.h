// What the portal asks of rows before they can be linked: a time, who or what it happened to, and
// the report that it is from.
#pragma once

#include "common/base/diagnostics.h"
#include "common/base/result.h"
#include "tools/incident-link/rows/row.h"

#include <cstdint>
#include <span>

namespace quarry::incident_link {

enum class Demand : std::uint8_t {
  kIncident,  // Timestamp, ReportId and an asset, as the portal; rows of tools are no events
  kSentinel,  // a time: bookmarks keep any row
  kCase,      // rows of a hunt as for kIncident; those with a `_type` may be anything
  kAnything,  // --evidence: any object is a row of the case
};

/// Rows of a hunt: those without `_type`.
bool is_event(const Row& row);

/// kUsage that names the columns to add where some are missing, kData for times that are none.
Result<void> check_required(std::span<const Row> rows, Demand demand);

}  // namespace quarry::incident_link
