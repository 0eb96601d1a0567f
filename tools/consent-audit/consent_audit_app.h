// consent-audit as data: its commands and options. main.cpp hands this to cli::run.
#pragma once

#include "common/cli/app.h"
#include "common/cli/invocation.h"

namespace quarry::consent_audit {

extern const cli::AppDef kApp;

Result<int> events_command(cli::Invocation& invocation);
Result<int> settings_command(cli::Invocation& invocation);
Result<int> grants_command(cli::Invocation& invocation);
Result<int> export_command(cli::Invocation& invocation);
Result<int> respond_command(cli::Invocation& invocation);
Result<int> undo_command(cli::Invocation& invocation);
Result<int> timeline_command(cli::Invocation& invocation);
Result<int> verify_command(cli::Invocation& invocation);
Result<int> whoami_command(cli::Invocation& invocation);
Result<int> rules_command(cli::Invocation& invocation);

}  // namespace quarry::consent_audit
