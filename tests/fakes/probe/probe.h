// quarry_probe: the smallest tool that goes online and acts. It exists for tests of what all such
// tools share, against the sample service, and shows how they are put together.
#pragma once

#include "common/auth/whoami.h"
#include "common/cli/app.h"
#include "common/cli/invocation.h"

namespace quarry::probe {

extern const cli::AppDef kApp;

Result<int> whoami_command(cli::Invocation& invocation);
Result<int> list_command(cli::Invocation& invocation);
Result<int> content_command(cli::Invocation& invocation);
Result<int> lock_command(cli::Invocation& invocation);
Result<int> undo_command(cli::Invocation& invocation);
Result<int> verify_command(cli::Invocation& invocation);

/// To standard output.
Result<void> print(std::string_view text);

}  // namespace quarry::probe
