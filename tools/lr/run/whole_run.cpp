#include "tools/lr/run/whole_run.h"

#include "common/actions/gate.h"
#include "common/actions/runner.h"
#include "common/auth/whoami.h"
#include "common/cli/confirm.h"
#include "common/json/object_writer.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/permissions.h"
#include "tools/lr/records.h"
#include "tools/lr/run/case_archive.h"
#include "tools/lr/run/driver.h"
#include "tools/lr/run/plan_text.h"
#include "tools/lr/run/push_actor.h"
#include "tools/lr/run/run_file.h"
#include "tools/lr/run/watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::lr {
namespace {

Result<int> show_plan(cli::Invocation& invocation, const Prepared& prepared) {
  const bool as_text = invocation.format() != "ndjson" && invocation.output_file().empty();
  QUARRY_TRY(const auto sessions, invocation.options().number("max-sessions"));
  if (as_text)
    return cli::show_text(invocation, plan_text(prepared.details, prepared.jobs,
                                                static_cast<std::size_t>(sessions.value_or(20))));
  return cli::show_text(invocation, actions::to_text(prepared.plan, "lr"));
}

/// The files of [library], before any device. An error where one cannot be put there.
Result<void> push_library(const Prepared& prepared, auth::Session& session, const Api& api,
                          journal::Journal& journal, const std::string& reason,
                          const CancelToken* cancel) {
  std::vector<actions::Action> pushes;
  for (const actions::Action& action : prepared.plan.actions) {
    if (action.name == kPushAction) pushes.push_back(action);
  }
  if (pushes.empty()) return ok();
  PushActor actor(session, api);
  std::string problem;
  actions::Runner runner(
      pushes, actor, journal,
      {.reason = reason,
       .cancel = cancel,
       .on_result = [&problem](const actions::Action& action, const actions::ActResult& result) {
         if (result.state != journal::State::kDone) problem = action.what + ": " + result.message;
       }});
  const actions::RunSummary summary = runner.run();
  if (summary.is_complete()) return ok();
  if (summary.stopped_by) return fail(*summary.stopped_by);
  const ErrorCode code = summary.first_failure ? summary.first_failure->code() : ErrorCode::kRemote;
  return fail(code, problem, "no device was asked; lr run --resume goes on");
}

std::string summary_json(const std::string& run, const DriverSummary& summary,
                         std::size_t devices) {
  json::ObjectWriter writer;
  writer.text("_type", "summary").text("tool", "lr").text("run", run);
  writer.number("devices", static_cast<std::int64_t>(devices));
  std::size_t ended = 0;
  for (std::size_t i = 0; i < summary.outcomes.size(); ++i) {
    writer.number(name_of(static_cast<Outcome>(i)), static_cast<std::int64_t>(summary.outcomes[i]));
    ended += summary.outcomes[i];
  }
  writer.number("left", static_cast<std::int64_t>(devices - std::min(devices, ended)));
  if (summary.stopped_by) writer.text("stopped_by", summary.stopped_by->message());
  return writer.take();
}

int exit_status_of(const DriverSummary& summary, std::size_t devices) {
  const std::size_t succeeded = summary.outcomes[0];
  if (succeeded == devices) return 0;
  if (summary.stopped_by) {
    const ErrorCode code = summary.stopped_by->code();
    if (code == ErrorCode::kInterrupted || code == ErrorCode::kTerminated ||
        code == ErrorCode::kTimedOut)
      return exit_status(code);
    if (succeeded == 0 && code != ErrorCode::kReaderGone) return exit_status(code);
  }
  return exit_status(ErrorCode::kPartial);
}

/// The run itself, from its journal.
class Run {
 public:
  Run(cli::Invocation& invocation, auth::Session& session, const Api& api, Prepared prepared)
      : invocation_(invocation), session_(session), api_(api), prepared_(std::move(prepared)) {}

  Result<int> act(const std::string& reason) {
    const config::RunContext context = invocation_.run_context();
    QUARRY_TRY(archive_, read_case_archive(invocation_, context));
    QUARRY_TRY(journal::Journal journal,
               open_run(invocation_, prepared_.plan.run, session_.clock()));
    QUARRY_TRY(RunHistory history, begin(journal, reason));
    reason_ = reason.empty() ? history.reason : reason;
    QUARRY_TRY(output_, RecordOutput::open(invocation_, kResultColumns));
    for (const std::string& row : history.rows) QUARRY_CHECK(add(row));
    count_ended(history);
    Diagnostic note;
    note.level = quarry::Level::kNote;
    note.message = fmt::format("run {}: {} devices, files to {}", prepared_.plan.run,
                               prepared_.jobs.size(), out_dir_);
    note.hint = "Ctrl-C stops in order; lr run --resume goes on";
    invocation_.diagnostics().add(std::move(note));
    invocation_.print_diagnostics();
    RunLog log(journal, reason_);
    if (!prepared_.resumed) QUARRY_CHECK(tell_unfit(log));
    QUARRY_CHECK(push_library(prepared_, session_, api_, journal, reason_, context.cancel));
    QUARRY_CHECK(drive(log, history));
    return finish();
  }

 private:
  Result<RunHistory> begin(journal::Journal& journal, const std::string& reason) {
    out_dir_ = invocation_.text("out-dir");
    if (journal.earlier().empty()) {
      if (out_dir_.empty()) out_dir_ = "lr-" + prepared_.plan.run;
      RunLog log(journal, reason);
      QUARRY_CHECK(log.begin(prepared_.plan, out_dir_));
      return RunHistory{.reason = reason};
    }
    prepared_.resumed = true;
    QUARRY_TRY(RunHistory history, read_history(journal.earlier(), prepared_.plan.run));
    if (out_dir_.empty()) out_dir_ = history.out_dir;
    return history;
  }

  void count_ended(const RunHistory& history) {
    for (const Job& job : prepared_.jobs) {
      const auto known = history.devices.find(job.key);
      if (known != history.devices.end() && known->second.outcome)
        ++earlier_[static_cast<std::size_t>(*known->second.outcome)];
    }
  }

  /// Devices that are asked nothing have result lines too.
  Result<void> tell_unfit(RunLog& log) {
    for (const Unfit& unfit : prepared_.details.unfit) {
      ++earlier_[static_cast<std::size_t>(unfit.outcome)];
      ++unfit_;
      if (unfit.device_id.empty()) continue;
      ResultRow row{
          .run = prepared_.plan.run, .device_id = unfit.device_id, .device = unfit.device};
      row.state = unfit.outcome;
      row.error = unfit.reason;
      const std::string key = "unfit:" + unfit.device_id;
      QUARRY_CHECK(log.result(key, row));
      QUARRY_CHECK(log.end(key, unfit.device, unfit.outcome, unfit.reason));
      QUARRY_CHECK(add(to_json(row)));
    }
    return ok();
  }

  Result<void> drive(RunLog& log, const RunHistory& history) {
    QUARRY_TRY(const auto sessions, invocation_.options().number("max-sessions"));
    QUARRY_TRY(const auto max_file, invocation_.options().size("max-file"));
    const auto now = [this] { return session_.clock().wall(); };
    Watch watch(invocation_, prepared_.jobs.size(), now);
    DriverOptions options{.run = prepared_.plan.run,
                          .reason = reason_,
                          .out_dir = out_dir_,
                          .max_file_bytes = max_file.value_or(std::uint64_t{8} << 30),
                          .cancel = &invocation_.cancel()};
    options.scheduler.start =
        history.begun.empty() ? now() : std::min(now(), seconds_of(history.begun));
    options.scheduler.max_sessions =
        std::clamp<std::size_t>(static_cast<std::size_t>(sessions.value_or(20)), 1, 25);
    if (!prepared_.jobs.empty()) {
      options.scheduler.pending_seconds = prepared_.jobs.front().pending_seconds;
      options.scheduler.give_up_after = prepared_.jobs.front().give_up_after;
    }
    options.on_row = [this](const ResultRow& row) { return add(to_json(row)); };
    options.on_end = [&watch](const Job& job, Outcome outcome, const std::string& message) {
      watch.ended(job, outcome, message);
    };
    options.on_counts = [&watch](const Scheduler::Counts& counts) { watch.counts(counts); };
    Driver driver(session_, api_, prepared_.jobs, history, log, std::move(options));
    summary_ = driver.run();
    return ok();
  }

  Result<void> add(const std::string& row) {
    if (!archive_.path.empty()) rows_.push_back(row);
    return output_->add(row);
  }

  Result<int> finish() {
    for (std::size_t i = 0; i < earlier_.size(); ++i) summary_.outcomes[i] += earlier_[i];
    const std::size_t devices = prepared_.jobs.size() + unfit_;
    QUARRY_CHECK(output_->end_with(summary_json(prepared_.plan.run, summary_, devices)));
    QUARRY_CHECK(output_->finish());
    if (!archive_.path.empty() && !summary_.stopped_by)
      QUARRY_CHECK(pack(archive_, rows_, out_dir_));
    if (summary_.stopped_by)
      invocation_.diagnostics().add(Error(summary_.stopped_by->code(),
                                          summary_.stopped_by->message(),
                                          fmt::format("lr run --resume {}", prepared_.plan.run)));
    return exit_status_of(summary_, devices);
  }

  cli::Invocation& invocation_;
  auth::Session& session_;
  const Api& api_;
  Prepared prepared_;
  std::string reason_;
  std::string out_dir_;
  std::unique_ptr<RecordOutput> output_;
  std::array<std::size_t, 7> earlier_{};
  std::size_t unfit_ = 0;
  DriverSummary summary_;
  CaseArchive archive_;
  std::vector<std::string> rows_;  // for the archive
};

}  // namespace

Result<int> plan_or_execute(cli::Invocation& invocation, auth::Session& session, const Api& api,
                            Prepared prepared) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(context.look_up, invocation.streams().stdin_is_terminal));
  // What is gone on with was confirmed when it began.
  const bool go_on = prepared.resumed && !gate.dry_run;
  if (!go_on) {
    invocation.print_diagnostics();
    cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
    QUARRY_TRY(const actions::Decision decision,
               actions::decide(actions::count(prepared.plan.actions), gate, confirmer));
    if (decision == actions::Decision::kPlanOnly) return show_plan(invocation, prepared);
  }
  QUARRY_CHECK(auth::check_permission(session, kRunNeed));
  return Run(invocation, session, api, std::move(prepared)).act(gate.reason);
}

}  // namespace quarry::lr
