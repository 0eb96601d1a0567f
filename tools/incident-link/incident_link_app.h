// incident-link as data: its commands and options. main.cpp hands this to cli::run.
#pragma once

#include "common/cli/app.h"

namespace quarry::incident_link {

extern const cli::AppDef kApp;

Result<int> link_command(cli::Invocation& invocation);
Result<int> push_command(cli::Invocation& invocation);
Result<int> show_command(cli::Invocation& invocation);
Result<int> list_command(cli::Invocation& invocation);
Result<int> timeline_command(cli::Invocation& invocation);
Result<int> export_command(cli::Invocation& invocation);
Result<int> note_command(cli::Invocation& invocation);
Result<int> status_command(cli::Invocation& invocation);
Result<int> assign_command(cli::Invocation& invocation);
Result<int> close_command(cli::Invocation& invocation);
Result<int> flag_command(cli::Invocation& invocation);
Result<int> unflag_command(cli::Invocation& invocation);
Result<int> flags_command(cli::Invocation& invocation);
Result<int> undo_command(cli::Invocation& invocation);
Result<int> verify_command(cli::Invocation& invocation);
Result<int> whoami_command(cli::Invocation& invocation);

}  // namespace quarry::incident_link
