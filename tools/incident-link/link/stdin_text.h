// What people write into standard input: `note -`.
#pragma once

#include "common/cli/invocation.h"

#include <string>

namespace quarry::incident_link {

/// The whole of standard input, without blanks and line ends around it. kUsage where it is a
/// terminal or holds nothing.
Result<std::string> text_of_stdin(cli::Invocation& invocation);

}  // namespace quarry::incident_link
