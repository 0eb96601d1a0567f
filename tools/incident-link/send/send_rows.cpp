#include "tools/incident-link/send/send_rows.h"

#include "common/actions/runner.h"
#include "common/auth/connect.h"
#include "common/base/unicode.h"
#include "common/io/sink.h"
#include "common/net/curl_http.h"
#include "common/services/incidents/alert_input.h"
#include "tools/incident-link/send/acting.h"
#include "tools/incident-link/send/defender_actor.h"
#include "tools/incident-link/send/outcome.h"
#include "tools/incident-link/send/sending.h"
#include "tools/incident-link/send/sentinel_actor.h"

#include <fmt/format.h>

#include <unistd.h>

#include <map>
#include <memory>
#include <set>
#include <utility>

namespace quarry::incident_link {
namespace {

using actions::Action;
using actions::ActResult;

/// Rows of the case and of the job, by sha256.
using RowStore = std::map<std::string, BookmarkRow, std::less<>>;

RowStore store_rows(const SendJob& job, const CaseState& state) {
  RowStore store;
  if (job.target.kind != TargetKind::kSentinel) return store;  // alerts hold no rows
  for (const CaseRow& row : state.rows())
    store.emplace(row.sha256, BookmarkRow{row.json, row.entities});
  for (const LinkRow& row : job.rows)
    store.emplace(row.row->sha256(), BookmarkRow{row.row->json(), row.entities});
  return store;
}

std::unique_ptr<IncidentActor> make_actor(const SendJob& job, const CaseState& state,
                                          net::Http& http, const net::Clock& clock,
                                          const auth::Connection& connection,
                                          const CancelToken* cancel, const RowStore& rows,
                                          const std::function<void(const std::string&)>& warn) {
  if (job.target.kind == TargetKind::kSentinel) {
    return std::make_unique<SentinelActor>(
        SentinelContext{.http = http,
                        .arm = connection.endpoint(auth::Service::kArm),
                        .target = job.target,
                        .case_id = job.head.id,
                        .row =
                            [&rows](const std::string& sha256) {
                              const auto found = rows.find(sha256);
                              return found == rows.end() ? nullptr : &found->second;
                            },
                        .warn = warn});
  }
  return std::make_unique<DefenderActor>(
      DefenderContext{.http = http,
                      .clock = clock,
                      .graph = connection.endpoint(auth::Service::kGraph),
                      .mde = connection.endpoint(auth::Service::kMde),
                      .cancel = cancel,
                      .target = job.target,
                      .made = job.target.is_new() ? state.made_incident(job.target) : "",
                      .warn = warn});
}

/// kUsage before anything is written where the service has no address.
Result<void> check_endpoints(const SendJob& job, const auth::Connection& connection) {
  if (job.target.kind == TargetKind::kSentinel) {
    QUARRY_CHECK(auth::need_endpoint(connection, auth::Service::kArm));
    return ok();
  }
  QUARRY_CHECK(auth::need_endpoint(connection, auth::Service::kGraph));
  if (!job.plan.actions.empty() && job.plan.actions.front().name == kReferenceAlert)
    QUARRY_CHECK(auth::need_endpoint(connection, auth::Service::kMde));
  return ok();
}

/// What the user may not expect of the way that was chosen.
void warn_of_way(cli::Invocation& invocation, const SendJob& job) {
  const auto warn = invocation.run_context().warn;
  if (job.target.kind == TargetKind::kSentinel && job.target.is_new())
    warn(
        "in a workspace that the Defender portal has taken over, an incident made this way is not "
        "shown there; --to defender with --sentinel-workspace makes one that is");
  if (job.plan.cut_groups > 0 && job.target.kind == TargetKind::kDefender)
    warn(fmt::format("{} group{} more than {} entities: evidence beyond that is in the case only",
                     job.plan.cut_groups, job.plan.cut_groups == 1 ? " has" : "s have",
                     services::incidents::kMostEntities));
  if (job.plan.actions.empty()) return;
  const Action& first = job.plan.actions.front();
  if (first.name == kCommentIncident) warn("rows go into a comment only: no alert, no entities");
  if (first.name != kReferenceAlert) return;
  const std::size_t alerts = job.plan.actions.size();
  warn(fmt::format("an automated investigation starts for {} alert{}", alerts,
                   alerts == 1 ? "" : "s"));
  if (sending_input_of(first).alert.severity == "informational")
    warn("alerts by reference are Low at least: informational becomes Low");
}

/// Acts that the case does not know yet: of a plan that was made before the case.
std::vector<journal::Record> missing_records(const SendJob& job, const CaseState& state) {
  std::vector<journal::Record> records;
  std::set<std::string> keys;
  for (const Action& action : job.plan.actions) {
    const std::string key = actions::key_of(action);
    if (!state.sendings().contains(key) && keys.insert(key).second)
      add_planned_records(action, job.run, records);
  }
  return records;
}

Result<void> print_line(io::Sink& out, std::string line) {
  line += '\n';
  return out.write(line);
}

Result<void> print_requests(io::Sink& out, const SendJob& job, const CaseState& state,
                            const auth::Connection& connection,
                            const std::function<void(const std::string&)>& warn) {
  net::CurlHttp wire({});
  const net::SystemClock clock;
  const RowStore rows = store_rows(job, state);
  const auto actor = make_actor(job, state, wire, clock, connection, nullptr, rows, warn);
  const bool joins = job.target.is_new() && job.target.kind == TargetKind::kDefender &&
                     state.made_incident(job.target).empty();
  for (std::size_t i = 0; i < job.plan.actions.size(); ++i) {
    const std::string_view note =
        joins && i > 0 ? "joins the incident that the first one makes" : "";
    for (const ShownRequest& request : actor->requests_of(job.plan.actions[i]))
      QUARRY_CHECK(print_line(out, to_json(request, note)));
  }
  return ok();
}

}  // namespace

Result<int> show_job(cli::Invocation& invocation, const SendJob& job) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const auth::Connection connection, connection_of(context));
  QUARRY_CHECK(check_endpoints(job, connection));
  warn_of_way(invocation, job);
  QUARRY_TRY(const CaseState state, case_if_any(job.folder));
  io::Sink out(STDOUT_FILENO, "stdout");
  if (invocation.flag("dry-run")) {
    QUARRY_CHECK(print_requests(out, job, state, connection, context.warn));
  } else if (invocation.streams().stdout_is_terminal) {
    for (const Action& action : job.plan.actions)
      QUARRY_CHECK(print_line(out, unicode::escape_for_terminal(action.what)));
    QUARRY_CHECK(print_line(out, fmt::format("{} to do, {} rows linked before; --apply does it",
                                             job.plan.actions.size(), job.plan.already)));
  } else {
    for (const Action& action : job.plan.actions)
      QUARRY_CHECK(print_line(out, actions::to_plan_line(action, "incident-link", job.run)));
  }
  QUARRY_CHECK(out.finish());
  return 0;
}

Result<int> run_job(cli::Invocation& invocation, SendJob& job) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const auto session, auth::connect_one(context));
  QUARRY_CHECK(check_endpoints(job, session->connection()));
  warn_of_way(invocation, job);
  QUARRY_TRY(const actions::GateSettings gate,
             pass_gate(invocation, actions::count(job.plan.actions)));

  QUARRY_TRY(CaseFile file, open_acting_case(job.folder, job.head, job.run, session->clock()));
  if (!file.note().empty()) context.warn(file.note());
  QUARRY_TRY(const Added added, add_rows(file, job.rows, job.settings));
  QUARRY_CHECK(file.append(missing_records(job, file.state())));
  // What goes to the service needs no copy in the journal: the rows stand in the case.
  for (Action& action : job.plan.actions) action.row.clear();

  const RowStore rows = store_rows(job, file.state());
  const auto actor = make_actor(job, file.state(), session->http(), session->clock(),
                                session->connection(), context.cancel, rows, context.warn);
  OutcomePrinter printer(job, invocation.streams().stdout_is_terminal);
  actions::Runner runner(job.plan.actions, *actor, file.journal(),
                         {.reason = gate.reason,
                          .case_id = job.head.id,
                          .cancel = context.cancel,
                          .on_result = [&](const Action& action, const ActResult& result) {
                            printer.print(action, result);
                            if (result.state != journal::State::kDone)
                              context.say(outcome_in_words(action, result));
                          }});
  const actions::RunSummary summary = runner.run();
  QUARRY_CHECK(printer.finish(summary, added));
  return actions::exit_status_of(summary);
}

Result<int> do_job(cli::Invocation& invocation, SendJob& job) {
  const bool act = invocation.flag("apply") && !invocation.flag("dry-run");
  return act ? run_job(invocation, job) : show_job(invocation, job);
}

}  // namespace quarry::incident_link
