// Does what a job says, or shows what would be done.
#pragma once

#include "common/cli/invocation.h"
#include "tools/incident-link/send/send_job.h"

namespace quarry::incident_link {

/// Without --apply: the plan. With --dry-run: the requests, word for word.
Result<int> show_job(cli::Invocation& invocation, const SendJob& job);
/// Asks where asking is due, writes everything into the case, then sends. The exit status.
Result<int> run_job(cli::Invocation& invocation, SendJob& job);

/// show_job() or run_job(), as --apply and --dry-run say.
Result<int> do_job(cli::Invocation& invocation, SendJob& job);

}  // namespace quarry::incident_link
