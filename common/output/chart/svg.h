// Charts as inline SVG for an HTML page: no script, no fonts, no addresses. Colours come from the
// page's style sheet through the classes bar, area, line, edge, node, grid and mark; text takes the
// page's.
#pragma once

#include "common/output/chart/chart.h"

#include <string>

namespace quarry::output {

/// An <svg> element; texts from data are escaped. "" for a chart without a value.
std::string to_svg(const Chart& chart);

}  // namespace quarry::output
