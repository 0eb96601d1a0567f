// Where journals of runs lie, and how they are opened.
#pragma once

#include "common/cli/invocation.h"
#include "common/journal/journal.h"
#include "common/net/clock.h"
#include "tools/lr/run/run_log.h"

#include <string>
#include <vector>

namespace quarry::lr {

/// The journal of a run, to be written. Says what was dropped of it.
Result<journal::Journal> open_run(cli::Invocation& invocation, const std::string& run,
                                  const net::Clock& clock);
/// The records of a run's journal, also while another process writes it. kUsage where there is
/// none.
Result<std::vector<journal::Entry>> read_entries(cli::Invocation& invocation,
                                                 const std::string& run);
/// What a run's journal says, also while another process writes it. kUsage where there is none.
Result<RunHistory> read_run(cli::Invocation& invocation, const std::string& run);
/// Names of all runs, the oldest first.
std::vector<std::string> all_runs(const Environment& environment);

}  // namespace quarry::lr
