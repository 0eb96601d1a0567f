// Opening the recordings that a command line names, and telling what they lack: the same for every
// command.
#pragma once

#include "common/cli/invocation.h"
#include "common/etl/trace.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace quarry::etl_report {

/// Opens a trace for a command; --manifest files are read into its schemas where the command has
/// that option, then the built-in ones of Defender. Its problems become warnings, one line each.
Result<etl::Trace> open_recording(cli::Invocation& invocation, const std::string& path);

/// A recording that is named twice: its events are the same events (and counted once, with a
/// warning), or it is compared with itself.
enum class Twice : std::uint8_t { kCountsOnce, kIsMeant };

/// `work` for every file of the arguments that can be opened; an Error of one file is told and the
/// next goes on, one of another kind than kData ends the run. The exit status: 0, or 3 where a file
/// could not be opened or is damaged.
Result<int> for_each_recording(cli::Invocation& invocation,
                               const std::function<Result<void>(etl::Trace& trace)>& work,
                               Twice twice = Twice::kCountsOnce);

}  // namespace quarry::etl_report
