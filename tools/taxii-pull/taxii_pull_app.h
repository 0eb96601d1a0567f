// taxii-pull as data: its commands and options. main.cpp hands this to cli::run.
#pragma once

#include "common/cli/app.h"
#include "common/cli/invocation.h"

namespace quarry::taxii_pull {

extern const cli::AppDef kApp;

Result<int> convert_command(cli::Invocation& invocation);
Result<int> patterns_command(cli::Invocation& invocation);
Result<int> pull_command(cli::Invocation& invocation);
Result<int> collections_command(cli::Invocation& invocation);
Result<int> state_command(cli::Invocation& invocation);
Result<int> export_command(cli::Invocation& invocation);
Result<int> report_command(cli::Invocation& invocation);
Result<int> check_command(cli::Invocation& invocation);

}  // namespace quarry::taxii_pull
