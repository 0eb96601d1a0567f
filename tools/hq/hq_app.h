// hq as data: its commands and options. main.cpp hands this to cli::run.
#pragma once

#include "common/cli/app.h"

namespace quarry::hq {

extern const cli::AppDef kApp;

Result<int> query_command(cli::Invocation& invocation);
Result<int> check_command(cli::Invocation& invocation);
Result<int> functions_command(cli::Invocation& invocation);
Result<int> schema_command(cli::Invocation& invocation);
Result<int> explain_command(cli::Invocation& invocation);
Result<int> format_command(cli::Invocation& invocation);

}  // namespace quarry::hq
