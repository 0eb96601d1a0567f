#include "tools/lr/run/whole_run.h"

#include "common/actions/gate.h"
#include "common/auth/whoami.h"
#include "common/cli/confirm.h"
#include "common/cli/result_output.h"
#include "tools/lr/act/plan_tenant.h"
#include "tools/lr/permissions.h"
#include "tools/lr/run/execution.h"
#include "tools/lr/run/plan_text.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::lr {
namespace {

using live_response::Api;

Result<int> show_plan(cli::Invocation& invocation, const Prepared& prepared) {
  const bool as_text = invocation.format() != "ndjson" && invocation.output_file().empty();
  QUARRY_TRY(const auto sessions, invocation.options().number("max-sessions"));
  const std::string text =
      as_text ? plan_text(prepared, static_cast<std::size_t>(sessions.value_or(20)))
              : actions::to_text(prepared.plan, "lr");
  QUARRY_CHECK(cli::show_text(invocation, text));
  if (!prepared.jobs.empty()) return 0;
  return fail(ErrorCode::kData,
              fmt::format("none of the {} devices can be asked", prepared.unfit.size()));
}

}  // namespace

Result<int> plan_or_execute(cli::Invocation& invocation, auth::Session& session, const Api& api,
                            Prepared prepared) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(context.look_up, invocation.streams().stdin_is_terminal));
  QUARRY_CHECK(check_tenant(prepared.plan, session));
  // What is gone on with was confirmed when it began.
  const bool go_on = prepared.resumed && !gate.dry_run;
  if (!go_on) {
    invocation.print_diagnostics();
    cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
    // Without a device the library is left alone too.
    const actions::PlanCounts counts =
        prepared.jobs.empty() ? actions::PlanCounts() : actions::count(prepared.acts());
    QUARRY_TRY(const actions::Decision decision, actions::decide(counts, gate, confirmer));
    if (decision == actions::Decision::kPlanOnly) return show_plan(invocation, prepared);
  }
  if (!prepared.jobs.empty()) QUARRY_CHECK(auth::check_permission(session, kRunNeed));
  return execute(invocation, session, api, std::move(prepared), gate.reason);
}

}  // namespace quarry::lr
