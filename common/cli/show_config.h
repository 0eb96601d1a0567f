// --show-config: every effective setting and where it came from.
#pragma once

#include "common/base/result.h"
#include "common/cli/invocation.h"

#include <string>

namespace quarry::cli {

/// As text; with a --format on the command line as rows of name, value and origin in that format.
Result<void> show_config(const Invocation& invocation);

/// The text form: "color = auto  # built-in", aligned.
std::string config_text(const Options& options);

}  // namespace quarry::cli
