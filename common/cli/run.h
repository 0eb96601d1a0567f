// From argv to exit status: the body of every tool's main().
#pragma once

#include "common/cli/app.h"
#include "common/cli/invocation.h"

namespace quarry::cli {

/// Parses, answers --help, --version, --generate and --show-config, else calls the command's
/// function; prints diagnostics and returns the exit status. SIGPIPE is ignored, Ctrl-C and SIGTERM
/// cancel the invocation's token, --timeout does too.
int run(const AppDef& app, int argc, char** argv);

}  // namespace quarry::cli
