// Lists of a report as tables of plain text: what the text, Markdown and HTML forms share.
#pragma once

#include "common/output/report.h"
#include "common/time/zone.h"
#include "tools/etl-report/report.h"
#include "tools/etl-report/scans/recordings.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::etl_report {

/// 18225269 -> "1822.5269ms", as the cmdlet writes durations.
std::string duration_text(std::int64_t ticks);
/// 18225269 -> "1.8 s": for charts and sentences.
std::string short_duration_text(std::int64_t ticks);
/// --tz: where times are shown for people.
using Zone = std::optional<TimeZone>;
/// "2026-05-14T08:00:00.0000000Z", the bare number where that is no date.
std::string time_text(etl::FileTime time, const Zone& zone);
/// "Files" for "Files", "Top files" for "TopFiles": a member's name as a title for people.
std::string title_of(std::string_view member);

/// Statistics and the key.
std::vector<output::ReportTable::Column> entry_columns(Subject subject);
std::vector<std::string> entry_cells(const Entry& entry);

/// All scans of the list. SkipReason is a column where one was skipped, Trace where there are
/// several recordings.
output::ReportTable scan_table(const List& list, const Recordings& recordings);

/// When each recording was made, how long it is, its scans of those given, and how many ran at a
/// time on average.
output::ReportTable recordings_table(const Recordings& recordings,
                                     std::span<const Scan* const> scans, const Zone& zone);

/// Names and values.
output::ReportTable overview_table(const Overview& overview, const Zone& zone);

}  // namespace quarry::etl_report
