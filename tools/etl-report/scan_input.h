// Recordings that a command line names -> their scans, with what they lack told on stderr.
#pragma once

#include "common/cli/invocation.h"
#include "tools/etl-report/recording.h"
#include "tools/etl-report/scans/pairing.h"
#include "tools/etl-report/scans/recordings.h"

namespace quarry::etl_report {

/// Reads every file of the arguments. One that is missing or no trace is told and the next goes on.
/// The exit status so far: 0, or 3 where a file could not be opened or is damaged.
Result<int> read_scans(cli::Invocation& invocation, Nested nested, Recordings& into,
                       Twice twice = Twice::kCountsOnce);

/// How a document looks: --format, else the ending of the output file, else "table", which is text.
std::string document_format(const cli::Invocation& invocation);

}  // namespace quarry::etl_report
