// A timeline for a screen that is narrower than its columns: time, what happened, the start of the
// row's digest. What happened is folded, and everything else stands below it: nothing is cut.
#pragma once

#include "common/time/zone.h"
#include "tools/incident-link/forms/result_table.h"
#include "tools/incident-link/forms/timeline.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

/// `width`: of the screen, in columns. With `rows` the rows as JSON stand below, too. Control
/// characters are shown as they are on terminals.
ResultTable timeline_lines(const std::vector<TimelineItem>& items, std::size_t width,
                           const std::optional<TimeZone>& zone, bool rows);

/// Lines of at most `width` columns, folded at blanks; a word that is longer is broken.
std::vector<std::string> folded(std::string_view text, std::size_t width);

}  // namespace quarry::incident_link
