// What a run read and how long it took: the footer of a table, and --stats.
#pragma once

#include "common/cli/invocation.h"
#include "common/kql/engine.h"

namespace quarry::hq {

/// Prints on stderr: with --stats everything (text on a terminal, else one JSON object), else a
/// footer when results are shown on a terminal, or with --verbose.
void report_run(cli::Invocation& invocation, const kql::Engine& engine, const kql::Catalog& catalog,
                double seconds);

}  // namespace quarry::hq
