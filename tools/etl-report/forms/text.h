// A report as text, laid out as PowerShell prints the cmdlet's. Lines
// are never cut.
#pragma once

#include "common/output/report.h"
#include "tools/etl-report/forms/tables.h"
#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/recordings.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarry::etl_report {

std::string to_text(const Report& report, const Recordings& recordings, const Zone& zone);

/// "TopFiles" and a line of = below it, between empty lines.
void append_title(std::string& out, std::string_view title);
/// Headings, a line of - under each, rows; one blank between columns, numbers on the right. Control
/// characters are shown as \x1b. Rows' lists are left to the caller.
void append_table(std::string& out, const output::ReportTable& table, std::size_t indent);

}  // namespace quarry::etl_report
