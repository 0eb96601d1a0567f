// Scans and groups as rows of typed columns, for csv and the other formats of tables.
#pragma once

#include "common/value/batch.h"
#include "common/value/batch_sink.h"
#include "common/value/type.h"
#include "tools/etl-report/forms/json.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/recordings.h"

#include <span>

namespace quarry::etl_report {

/// ScanType … Comments as the cmdlet has them, then trace. Times are datetimes, or longs as
/// FILETIME; durations are ticks.
Schema scan_schema(TimeForm times);
/// Writes begin, batches and end.
Result<void> write_scans(std::span<const Scan* const> scans, const Recordings& recordings,
                         TimeForm times, BatchSink& sink);
/// The same with the columns first that a narrow screen must show.
Result<void> write_scans_for_screen(std::span<const Scan* const> scans,
                                    const Recordings& recordings, TimeForm times, BatchSink& sink);

/// kUsage where entries would have lists, for which rows have no place.
Result<void> check_flat(const Parameters& parameters);
/// One result for each section.
Result<void> write_report(const Report& report, const Recordings& recordings, TimeForm times,
                          BatchSink& sink);

}  // namespace quarry::etl_report
