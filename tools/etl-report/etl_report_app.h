// etl-report as data: its commands and options. main.cpp hands this to cli::run.
#pragma once

#include "common/cli/app.h"

namespace quarry::etl_report {

extern const cli::AppDef kApp;

Result<int> report_command(cli::Invocation& invocation);
Result<int> scans_command(cli::Invocation& invocation);
Result<int> diff_command(cli::Invocation& invocation);
Result<int> info_command(cli::Invocation& invocation);
Result<int> providers_command(cli::Invocation& invocation);
Result<int> events_command(cli::Invocation& invocation);
Result<int> dump_command(cli::Invocation& invocation);

}  // namespace quarry::etl_report
