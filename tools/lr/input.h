// Files that users name, "-" among them: standard input.
#pragma once

#include "common/cli/invocation.h"

#include <string>

namespace quarry::lr {

/// The text of a file, or of standard input. kUsage where that is a terminal.
Result<std::string> read_text_input(cli::Invocation& invocation, const std::string& name);
/// Rows: also of compressed files, of several where the name is a pattern.
Result<std::string> read_rows_input(cli::Invocation& invocation, const std::string& name);
/// How messages call it.
std::string input_name(const std::string& name);

/// --plan and --resume say everything: kUsage where an option names devices, limits or values
/// beside them, or both are there.
Result<void> check_names_nothing_else(const cli::Invocation& invocation);

}  // namespace quarry::lr
