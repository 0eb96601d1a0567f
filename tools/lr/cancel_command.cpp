// lr cancel: ends a run, or single actions, at the service too.
#include "common/actions/gate.h"
#include "common/auth/connect.h"
#include "common/cli/confirm.h"
#include "common/json/object_writer.h"
#include "common/services/live_response/machine_action.h"
#include "common/services/live_response/refusal.h"
#include "common/value/guid.h"
#include "tools/lr/act/plan_tenant.h"
#include "tools/lr/driver/comment.h"
#include "tools/lr/log/run_file.h"
#include "tools/lr/log/run_log.h"
#include "tools/lr/lr_app.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace quarry::lr {
namespace {

using live_response::MachineAction;

constexpr double kClockSkew = 600;
constexpr std::array<RecordColumn, 4> kColumns{{{"device"}, {"action_id"}, {"state"}, {"error"}}};

std::string record_of(const std::string& device, const std::string& action_id,
                      std::string_view state, const std::string& error) {
  return json::ObjectWriter()
      .text("_type", "lr.cancel")
      .text("device", device)
      .raw("action_id", action_id.empty() ? "null" : json::quoted(action_id))
      .text("state", state)
      .raw("error", error.empty() ? "null" : json::quoted(error))
      .take();
}

/// Cancels at the service; a text where that failed.
std::string cancel_action(net::Http& http, const Api& api, const std::string& id,
                          const std::string& reason) {
  const Result<net::Response> response = http.call(api.cancel(id, reason));
  if (!response) return response.error().message();
  if (response->is_success()) return {};
  return live_response::explain(*response, "cancel the action", "Machine.LiveResponse").message();
}

/// Whether this command may do it. Cancelling ends what we began ourselves: no count is asked for.
Result<bool> may_act(cli::Invocation& invocation) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(context.look_up, invocation.streams().stdin_is_terminal));
  return gate.apply && !gate.dry_run;
}

class RunCancellation {
 public:
  RunCancellation(cli::Invocation& invocation, auth::Session& session, const Api& api,
                  std::string run)
      : invocation_(invocation), session_(session), api_(api), run_(std::move(run)) {}

  Result<int> act() {
    QUARRY_TRY(const bool acts, may_act(invocation_));
    if (!acts) {
      QUARRY_TRY(const RunHistory history, read_run(invocation_, run_));
      QUARRY_CHECK(check_tenant(history.plan, session_));
      return plan(history);
    }
    QUARRY_TRY(journal::Journal journal, open_run(invocation_, run_, session_.clock()));
    QUARRY_TRY(const RunHistory history, read_history(journal.earlier(), run_));
    QUARRY_CHECK(check_tenant(history.plan, session_));
    RunLog log(journal, invocation_.text("reason"));
    QUARRY_TRY(const auto output, RecordOutput::open(invocation_, kColumns));
    QUARRY_CHECK(end_all(history, log, *output));
    QUARRY_CHECK(output->finish());
    return failures_ == 0 ? 0 : exit_status(ErrorCode::kPartial);
  }

 private:
  static bool is_open(const DeviceHistory& device) {
    return device.stand != DeviceStart::Stand::kWaiting && !device.outcome;
  }

  Result<int> plan(const RunHistory& history) {
    std::size_t open = 0;
    std::size_t ended = 0;
    for (const auto& [key, device] : history.devices) {
      open += is_open(device) ? 1 : 0;
      ended += device.outcome ? 1 : 0;
    }
    return cli::show_text(
        invocation_,
        fmt::format("would cancel {} sessions and give up the other devices of the run; {} have "
                    "ended and stay as they are\nnothing was done; --apply does it\n",
                    open, ended));
  }

  Result<void> end_all(const RunHistory& history, RunLog& log, RecordOutput& output) {
    for (const actions::Action& action : history.plan.actions) {
      if (action.name != kRunAction) continue;
      QUARRY_TRY(const Job job, read_job(action));
      const auto known = history.devices.find(job.key);
      const DeviceHistory device = known == history.devices.end() ? DeviceHistory() : known->second;
      if (device.outcome) continue;
      QUARRY_CHECK(end_one(job, device, log, output));
    }
    return ok();
  }

  /// The session that the service may hold for it: nullopt where there is none.
  Result<std::optional<MachineAction>> session_of(const Job& job, const DeviceHistory& device) {
    if (!is_open(device)) return std::optional<MachineAction>();
    if (device.action_id.empty()) return lost_session(job, device);
    QUARRY_TRY(const net::Response response, session_.http().call(api_.action(device.action_id)));
    if (!response.is_success())
      return fail(live_response::explain(response, "look at the action", "Machine.Read.All"));
    QUARRY_TRY(MachineAction found, live_response::parse_action(response.body));
    return std::optional(std::move(found));
  }

  /// Nobody knows whether its submission arrived: only a list of the device's actions that was
  /// asked for a while later, and does not have it, says that it did not.
  Result<std::optional<MachineAction>> lost_session(const Job& job, const DeviceHistory& device) {
    const double asked = session_.clock().wall();
    QUARRY_TRY(
        const net::Response response,
        session_.http().call(api_.actions(fmt::format(
            "type eq 'LiveResponse' and machineId eq {} and creationDateTimeUtc ge {}",
            live_response::odata_text(job.device_id), time_of(device.sent_at - kClockSkew)))));
    if (!response.is_success())
      return fail(
          live_response::explain(response, "list the device's actions", "Machine.Read.All"));
    QUARRY_TRY(std::vector<MachineAction> found, live_response::parse_actions(response.body));
    const std::string tag = tag_of(run_, job, device.attempts);
    for (MachineAction& one : found) {
      if (one.comment.find(tag) != std::string::npos) return std::optional(std::move(one));
    }
    if (asked >= device.sent_at + SchedulerOptions().settle) return std::optional<MachineAction>();
    return fail(ErrorCode::kRemote, "it was asked just now, and whether that arrived is not known",
                "lr cancel again in a minute");
  }

  Result<void> end_one(const Job& job, const DeviceHistory& device, RunLog& log,
                       RecordOutput& output) {
    const Result<std::optional<MachineAction>> found = session_of(job, device);
    if (!found) {
      ++failures_;
      return output.add(record_of(job.device, device.action_id, "unknown",
                                  found.error().message() + ": it was not cancelled"));
    }
    std::string id;
    if (*found) {
      const MachineAction& one = **found;
      id = one.id;
      const bool is_cancelled = one.status == live_response::ActionStatus::kCancelled;
      if (is_final(one.status) && !is_cancelled)
        return output.add(
            record_of(job.device, id, "ended",
                      fmt::format("it has ended; lr run --resume {} fetches its results", run_)));
      if (!is_cancelled) {
        QUARRY_CHECK(log.cancelling(job, device.attempts, id));
        const std::string error = cancel_action(session_.http(), api_, id, "the run was cancelled");
        if (!error.empty()) {
          ++failures_;
          return output.add(record_of(job.device, id, "failed", error));
        }
      }
    }
    for (std::size_t i = 0; i < job.commands.size(); ++i) {
      ResultRow row{.run = run_, .device_id = job.device_id, .device = job.device};
      row.command = static_cast<std::int64_t>(i);
      row.type = name_of(job.commands[i].type);
      row.name = job.commands[i].name;
      row.state = Outcome::kCancelled;
      row.error = "the run was cancelled";
      row.action_id = id;
      if (!device.done.contains(row.command)) QUARRY_CHECK(log.result(job.key, row));
    }
    QUARRY_CHECK(log.end(job.key, job.device, Outcome::kCancelled, "the run was cancelled"));
    return output.add(record_of(job.device, id, "cancelled", ""));
  }

  cli::Invocation& invocation_;
  auth::Session& session_;
  const Api& api_;
  std::string run_;
  std::size_t failures_ = 0;
};

/// Of whatever kind: by the ids that the service gave them.
Result<int> cancel_actions(cli::Invocation& invocation, auth::Session& session, const Api& api) {
  QUARRY_TRY(const bool acts, may_act(invocation));
  if (!acts)
    return cli::show_text(
        invocation, fmt::format("would cancel {} actions\nnothing was done; --apply does it\n",
                                invocation.arguments().size()));
  const std::string reason =
      invocation.text("reason").empty() ? "cancelled by lr" : invocation.text("reason");
  QUARRY_TRY(const auto output, RecordOutput::open(invocation, kColumns));
  std::size_t failures = 0;
  for (const std::string& id : invocation.arguments()) {
    const std::string error = cancel_action(session.http(), api, id, reason);
    failures += error.empty() ? 0 : 1;
    QUARRY_CHECK(output->add(record_of("", id, error.empty() ? "cancelled" : "failed", error)));
  }
  QUARRY_CHECK(output->finish());
  return failures == 0 ? 0 : exit_status(ErrorCode::kPartial);
}

/// The run that is named, or "" where all words are ids of actions.
Result<std::string> run_to_cancel(cli::Invocation& invocation) {
  const auto words = invocation.arguments();
  const bool all_ids = std::all_of(words.begin(), words.end(),
                                   [](const std::string& word) { return parse_guid(word); });
  if (all_ids) return std::string();
  if (words.size() > 1)
    return fail(ErrorCode::kUsage, "one run is cancelled at a time, or actions by their ids",
                "lr cancel RUN, lr cancel ACTION-ID…");
  QUARRY_TRY(std::string run, find_run(invocation, words[0]));
  QUARRY_TRY(const RunHistory history, read_run(invocation, run));
  if (history.is_live_response()) return run;
  return fail(ErrorCode::kUsage, fmt::format("{} is a run of machine actions", run),
              "lr status RUN shows their ids: lr cancel ACTION-ID…");
}

}  // namespace

Result<int> cancel_command(cli::Invocation& invocation) {
  for (const std::string_view other : {"plan", "resume"}) {
    if (invocation.options().is_given(other))
      return fail(ErrorCode::kUsage, fmt::format("lr cancel takes no --{}", other),
                  "lr cancel RUN, lr cancel ACTION-ID…");
  }
  QUARRY_TRY(const std::string run, run_to_cancel(invocation));
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint mde, session->need(auth::Service::kMde));
  const Api api(mde.url, mde.scope);
  if (run.empty()) return cancel_actions(invocation, *session, api);
  return RunCancellation(invocation, *session, api, run).act();
}

}  // namespace quarry::lr
