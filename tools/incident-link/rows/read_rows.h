// Rows from standard input and files: what `hq` and the other tools print, each verbatim.
#pragma once

#include "common/cli/invocation.h"
#include "tools/incident-link/rows/row.h"

#include <vector>

namespace quarry::incident_link {

/// Of the command's arguments; standard input without any. NDJSON, or arrays of objects; gzip and
/// archives too. Schema lines and summaries are left out, a row that comes twice comes once.
/// kData for the first line that is no row: nothing is linked in part.
Result<std::vector<Row>> read_rows(cli::Invocation& invocation);

}  // namespace quarry::incident_link
