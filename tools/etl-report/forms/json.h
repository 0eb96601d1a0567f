// A report as one JSON object, and scans as objects: the members and their order are those of the
// cmdlet. What is empty is left out.
#pragma once

#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/recordings.h"

#include <string>
#include <string_view>

namespace quarry::etl_report {

/// An object without a newline. With `trace` that member comes last.
void append_scan(std::string& out, const Scan& scan, TimeForm times, std::string_view trace);

/// The whole report and a newline. Scans say which recording they are from where there are several.
std::string to_json(const Report& report, const Recordings& recordings, TimeForm times);

}  // namespace quarry::etl_report
