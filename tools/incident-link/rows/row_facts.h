// What a row tells whoever made it: when it happened and, in a few words, what. Columns are looked
// for by name, so rows of every tool have a place in one timeline.
#pragma once

#include "common/time/ticks.h"
#include "tools/incident-link/rows/row.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarry::incident_link {

/// The column that says when: "Timestamp", "TimeGenerated" …; "" where the row has none of them.
std::string_view time_column(const Row& row);
/// nullopt where there is no time, or one that cannot be read.
std::optional<Datetime> time_of(const Row& row);

/// "PowerShell.exe -enc … · 203.0.113.7": the values of the columns that tell most.
std::string summary_of(const Row& row);
/// The name of the row's sort: its `_type`, else `table`, else the `Type` of a workspace's row,
/// else "row".
std::string source_of(const Row& row, std::string_view table);

/// At most so many bytes, never half a character, with "…" where something was cut off.
std::string cut_text(std::string_view text, std::size_t bytes);

}  // namespace quarry::incident_link
