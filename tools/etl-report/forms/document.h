// A report as a document for people: facts of the recordings, cautions, charts, and the report's
// sections as tables.
#pragma once

#include "common/output/report.h"
#include "tools/etl-report/forms/tables.h"
#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/recordings.h"

#include <span>
#include <string>
#include <vector>

namespace quarry::etl_report {

/// `scans` are those that the report is made of; the charts show all of them. `notes` stand behind
/// what the recordings lack.
output::Report to_document(const Report& report, const Recordings& recordings,
                           std::span<const Scan* const> scans,
                           const std::vector<std::string>& notes, const Zone& zone);

}  // namespace quarry::etl_report
