// What not to exclude. A performance report tempts people to exclude whatever is dear; these are
// the entries of a report for which that would open a door.
#pragma once

#include "tools/etl-report/report.h"

#include <string>
#include <vector>

namespace quarry::etl_report {

/// One sentence for each rule that some entry of the report's outermost lists meets, with the first
/// of them as examples. None is about an entry being bad: it is about excluding it.
std::vector<std::string> cautions_of(const Report& report);

}  // namespace quarry::etl_report
