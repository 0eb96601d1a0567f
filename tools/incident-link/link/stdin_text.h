// What comes as a text through standard input: `note -`, `--plan -`.
#pragma once

#include "common/cli/invocation.h"

#include <string>

namespace quarry::incident_link {

/// The whole of standard input, without blanks and line ends around it. kUsage where it is a
/// terminal or holds nothing.
Result<std::string> text_of_stdin(cli::Invocation& invocation);

/// The text of a file, or of standard input for "-".
Result<std::string> text_of_file(cli::Invocation& invocation, const std::string& name);

}  // namespace quarry::incident_link
