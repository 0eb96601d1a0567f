// Where journals of runs lie, and how they are opened.
#pragma once

#include "common/cli/invocation.h"
#include "common/journal/journal.h"
#include "common/net/clock.h"
#include "tools/lr/log/run_history.h"

#include <string>
#include <vector>

namespace quarry::lr {

/// The run that a word means: its name, or the start of one. kData, with runs of a like name, where
/// there is none; kUsage where several begin so.
Result<std::string> find_run(const cli::Invocation& invocation, const std::string& word);
/// The journal of a run, to be written. Says what was dropped of it.
Result<journal::Journal> open_run(cli::Invocation& invocation, const std::string& run,
                                  const net::Clock& clock);
/// The records of a run's journal, also while another process writes it. `run` as find_run() takes
/// it.
Result<std::vector<journal::Entry>> read_entries(cli::Invocation& invocation,
                                                 const std::string& run);
/// What a run's journal says, likewise.
Result<RunHistory> read_run(cli::Invocation& invocation, const std::string& run);
/// Names of all runs, the oldest first; those of other tools lie there too.
std::vector<std::string> all_runs(const Environment& environment);

}  // namespace quarry::lr
