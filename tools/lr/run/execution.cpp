#include "tools/lr/run/execution.h"

#include "tools/lr/driver/driver.h"
#include "tools/lr/driver/file_place.h"
#include "tools/lr/log/run_file.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/records.h"
#include "tools/lr/run/case_archive.h"
#include "tools/lr/run/library_push.h"
#include "tools/lr/run/run_summary.h"
#include "tools/lr/run/watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace quarry::lr {
namespace {

class Execution {
 public:
  Execution(cli::Invocation& invocation, auth::Session& session, const Api& api, Prepared prepared)
      : invocation_(invocation), session_(session), api_(api), prepared_(std::move(prepared)) {}

  Result<int> run(const std::string& reason) {
    const config::RunContext context = invocation_.run_context();
    QUARRY_TRY(archive_, read_case_archive(invocation_, context));
    out_dir_ = invocation_.text("out-dir");
    if (!out_dir_.empty()) QUARRY_CHECK(try_out_dir());
    QUARRY_TRY(output_, RecordOutput::open(invocation_, kResultColumns));
    QUARRY_TRY(journal::Journal journal,
               open_run(invocation_, prepared_.plan.run, session_.clock()));
    QUARRY_TRY(history_, begin(journal, reason));
    reason_ = reason.empty() ? history_.reason : reason;
    for (const std::string& row : history_.rows) QUARRY_CHECK(add(row));
    tell_where();
    RunLog log(journal, reason_);
    count_earlier();
    QUARRY_CHECK(log.unfit(prepared_.unfit, history_, prepared_.plan.run,
                           [this](const ResultRow& row) { return add(to_json(row)); }));
    if (prepared_.jobs.empty()) return finish();
    QUARRY_CHECK(push_library(prepared_.plan.actions, session_, api_, journal, prepared_.plan.run,
                              reason_, context.cancel));
    QUARRY_CHECK(drive(log));
    return finish();
  }

 private:
  /// The journal's first records, or what it says of the run so far.
  Result<RunHistory> begin(journal::Journal& journal, const std::string& reason) {
    RunLog log(journal, reason);
    if (journal.earlier().empty()) {
      if (out_dir_.empty()) QUARRY_CHECK(use_out_dir("lr-" + prepared_.plan.run));
      QUARRY_CHECK(log.begin(prepared_.plan, out_dir_));
      return RunHistory{.reason = reason};
    }
    QUARRY_TRY(RunHistory history, read_history(journal.earlier(), prepared_.plan.run));
    if (out_dir_.empty()) QUARRY_CHECK(use_out_dir(history.out_dir));
    if (out_dir_ != history.out_dir) QUARRY_CHECK(log.move_to(out_dir_));
    return history;
  }

  /// A folder that cannot be written is no reason to have run scripts in vain.
  Result<void> try_out_dir() {
    const bool wants_files =
        std::any_of(prepared_.jobs.begin(), prepared_.jobs.end(), [](const Job& job) {
          return std::any_of(job.commands.begin(), job.commands.end(), [](const auto& command) {
            return command.type == CommandType::kGetFile;
          });
        });
    if (!wants_files) return ok();
    std::error_code none;
    made_out_dir_ = !std::filesystem::exists(out_dir_, none);
    return check_out_dir(out_dir_);
  }

  Result<void> use_out_dir(std::string folder) {
    out_dir_ = std::move(folder);
    return try_out_dir();
  }

  void tell_where() {
    Diagnostic note;
    note.level = quarry::Level::kNote;
    note.message = fmt::format("run {}: {} devices, files to {}", prepared_.plan.run,
                               prepared_.jobs.size(), out_dir_);
    note.hint =
        fmt::format("Ctrl-C stops in order; lr run --resume {} goes on", prepared_.plan.run);
    invocation_.diagnostics().add(std::move(note));
    invocation_.print_diagnostics();
  }

  /// What earlier processes brought to an end, and what ends without being asked.
  void count_earlier() {
    total_.devices = prepared_.devices();
    for (const Job& job : prepared_.jobs) {
      const auto known = history_.devices.find(job.key);
      if (known != history_.devices.end() && known->second.outcome)
        ++total_.outcomes[static_cast<std::size_t>(*known->second.outcome)];
    }
    for (const Unfit& unfit : prepared_.unfit)
      ++total_.outcomes[static_cast<std::size_t>(unfit.outcome)];
  }

  Result<void> drive(RunLog& log) {
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
        history_.begun.empty() ? now() : std::min(now(), seconds_of(history_.begun));
    options.scheduler.max_sessions =
        std::clamp<std::size_t>(static_cast<std::size_t>(sessions.value_or(20)), 1, 25);
    options.scheduler.pending_seconds = prepared_.jobs.front().pending_seconds;
    options.scheduler.give_up_after = prepared_.jobs.front().give_up_after;
    options.on_row = [this](const ResultRow& row) { return add(to_json(row)); };
    options.on_end = [&watch](const Job& job, Outcome outcome, const std::string& message) {
      watch.ended(job, outcome, message);
    };
    options.on_counts = [&watch](const Scheduler::Counts& counts) { watch.counts(counts); };
    Driver driver(session_, api_, prepared_.jobs, history_, log, std::move(options));
    const DriverSummary summary = driver.run();
    for (std::size_t i = 0; i < summary.outcomes.size(); ++i)
      total_.outcomes[i] += summary.outcomes[i];
    total_.stopped_by = summary.stopped_by;
    return ok();
  }

  Result<void> add(const std::string& row) {
    if (!archive_.path.empty()) rows_.push_back(row);
    return told(output_->add(row));
  }

  /// Lines that could not be written are not lost: the journal has them.
  Result<void> told(const Result<void>& result) const {
    if (result) return ok();
    return fail(Error(result.error().code(), result.error().message(),
                      fmt::format("lr run --resume {} prints the results", prepared_.plan.run)));
  }

  Result<int> finish() {
    QUARRY_CHECK(told(output_->end_with(to_json(total_, prepared_.plan.run))));
    QUARRY_CHECK(told(output_->finish()));
    if (!archive_.path.empty() && !total_.stopped_by) QUARRY_CHECK(pack(archive_, rows_, out_dir_));
    std::error_code none;
    if (made_out_dir_ && std::filesystem::is_empty(out_dir_, none) && !none)
      std::filesystem::remove(out_dir_, none);
    if (prepared_.jobs.empty())
      return fail(ErrorCode::kData,
                  fmt::format("none of the {} devices can be asked; nothing was sent",
                              prepared_.unfit.size()));
    if (total_.stopped_by)
      invocation_.diagnostics().add(Error(total_.stopped_by->code(), total_.stopped_by->message(),
                                          fmt::format("lr run --resume {}", prepared_.plan.run)));
    return exit_status_of(total_);
  }

  cli::Invocation& invocation_;
  auth::Session& session_;
  const Api& api_;
  Prepared prepared_;
  RunHistory history_;
  std::string reason_;
  std::string out_dir_;
  bool made_out_dir_ = false;
  std::unique_ptr<RecordOutput> output_;
  RunOutcome total_;
  CaseArchive archive_;
  std::vector<std::string> rows_;  // for the archive
};

}  // namespace

Result<int> execute(cli::Invocation& invocation, auth::Session& session, const Api& api,
                    Prepared prepared, const std::string& reason) {
  return Execution(invocation, session, api, std::move(prepared)).run(reason);
}

}  // namespace quarry::lr
