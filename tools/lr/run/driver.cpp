#include "tools/lr/run/driver.h"

#include "common/base/digest.h"
#include "common/base/private_file.h"
#include "common/net/pause.h"
#include "common/net/service_error.h"
#include "tools/lr/run/file_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace quarry::lr {
namespace {

using live_response::MachineAction;
using live_response::Refusal;

constexpr net::Seconds kLongestStep{0.2};  // real time, so that Ctrl-C is heard
constexpr int kFetchTries = 5;
/// Lists that lack an accepted action before it is asked for by its id.
constexpr std::size_t kUnseenLists = 3;
constexpr double kThrottledWithoutWord = 60;

Progress progress_of(live_response::ActionStatus status) {
  switch (status) {
    case live_response::ActionStatus::kInProgress:
      return Progress::kRunning;
    case live_response::ActionStatus::kSucceeded:
      return Progress::kSucceeded;
    case live_response::ActionStatus::kFailed:
      return Progress::kFailed;
    case live_response::ActionStatus::kTimedOut:
      return Progress::kTimedOut;
    case live_response::ActionStatus::kCancelled:
      return Progress::kCancelled;
    default:
      return Progress::kPending;
  }
}

}  // namespace

Driver::Driver(auth::Session& session, const live_response::Api& api, std::span<const Job> jobs,
               const RunHistory& history, RunLog& log, DriverOptions options)
    : session_(session),
      api_(api),
      jobs_(jobs),
      log_(log),
      options_(std::move(options)),
      scheduler_(options_.scheduler, starts_of(jobs, history, session.clock().wall()),
                 session.clock().wall()),
      fetcher_(session.http(), api, options_.max_file_bytes),
      devices_(jobs.size()),
      folders_(device_folders(jobs)) {
  for (DeviceIndex i = 0; i < jobs_.size(); ++i) {
    by_machine_.emplace(jobs_[i].device_id, i);
    const auto known = history.devices.find(jobs_[i].key);
    if (known == history.devices.end()) continue;
    devices_[i].attempt = known->second.attempts;
    devices_[i].action_id = known->second.action_id;
    devices_[i].done = known->second.done;
    devices_[i].some_failed = known->second.some_failed;
  }
}

std::vector<DeviceStart> Driver::starts_of(std::span<const Job> jobs, const RunHistory& history,
                                           double now) {
  std::vector<DeviceStart> starts;
  for (const Job& job : jobs) {
    DeviceStart start{.last_seen = job.last_seen};
    if (const auto known = history.devices.find(job.key); known != history.devices.end()) {
      start.stand = known->second.stand;
      start.attempts = known->second.attempts;
      start.sent_at = std::min(now, known->second.sent_at);
    }
    starts.push_back(start);
  }
  return starts;
}

DriverSummary Driver::run() {
  deliver(event::Tick{});
  while (!scheduler_.is_done() || !fetcher_.is_idle()) {
    if (options_.cancel != nullptr && options_.cancel->cancelled() && !summary_.stopped_by)
      stop(options_.cancel->error().value_or(Error(ErrorCode::kInterrupted, "interrupted")));
    if (events_.empty()) {
      wait();
      continue;
    }
    const Event event = std::move(events_.front());
    events_.pop_front();
    deliver(event);
  }
  return summary_;
}

void Driver::wait() {
  const net::Seconds until(std::max(0.0, scheduler_.next_tick(now()) - now()));
  const net::Seconds real = std::min(kLongestStep, session_.clock().real(until));
  const auto before = std::chrono::steady_clock::now();
  session_.http().step(real);
  fetcher_.step();
  if (options_.on_counts) options_.on_counts(scheduler_.counts());
  if (!events_.empty()) return;
  // With nothing on the wire step() does not wait.
  const net::Seconds spent = std::chrono::steady_clock::now() - before;
  if (session_.http().in_flight() == 0 && spent < real && !summary_.stopped_by)
    static_cast<void>(net::pause(net::SystemClock(), real - spent, options_.cancel));
  events_.emplace_back(event::Tick{});
}

void Driver::deliver(const Event& event) {
  for (const Action& action : scheduler_.step(now(), event))
    std::visit([this](const auto& one) { perform(one); }, action);
}

void Driver::stop(Error error) {
  if (!summary_.stopped_by) summary_.stopped_by = std::move(error);
  events_.emplace_back(event::Stop{});
}

bool Driver::written(const Result<void>& result) {
  if (!result) stop(result.error());
  return result.has_value();
}

/// Unique for each attempt of a run on a device: by it a submission is found whose answer was lost.
std::string Driver::tag_of(std::uint32_t attempt) const {
  return fmt::format("[quarry {}/{}]", options_.run, attempt);
}

std::string Driver::comment_of(DeviceIndex index) const {
  constexpr std::size_t kLongestReason = 300;
  return fmt::format("{}: {} {}", jobs_[index].playbook,
                     std::string_view(options_.reason).substr(0, kLongestReason),
                     tag_of(devices_[index].attempt));
}

void Driver::perform(const action::Submit& submit) {
  const Job& job = jobs_[submit.device];
  Device& device = devices_[submit.device];
  device.attempt = submit.attempt;
  device.action_id.clear();
  device.unseen = 0;
  device.looked_closer = false;
  net::Request request =
      api_.submit(job.device_id, comment_of(submit.device), live_response::to_json(job.commands));
  if (!written(log_.intent(job, submit.attempt, request.url,
                           hex_digest(DigestKind::kSha256, request.body)))) {
    events_.emplace_back(event::NotSent{submit.device});
    return;
  }
  session_.http().start(
      std::move(request),
      [this, index = submit.device](const net::Outcome& outcome) { on_submitted(index, outcome); });
}

void Driver::on_submitted(DeviceIndex index, const net::Outcome& outcome) {
  const Job& job = jobs_[index];
  Device& device = devices_[index];
  if (!outcome.result) {
    const Error& error = outcome.result.error();
    if (outcome.delivery == net::Delivery::kUnknown) {
      events_.emplace_back(event::Lost{index});
      return;
    }
    written(log_.put_back(job, device.attempt, error.message()));
    events_.emplace_back(event::NotSent{index});
    // Tokens and addresses do not mend themselves.
    if (error.code() != ErrorCode::kRemote) stop(error);
    return;
  }
  const net::Response& response = *outcome.result;
  if (!response.is_success()) return on_refused(index, response);
  const Result<MachineAction> action = live_response::parse_action(response.body);
  if (!action) {
    events_.emplace_back(event::Lost{index});
    return;
  }
  device.action_id = action->id;
  written(log_.sent(job, device.attempt, action->id, response.status, response.request_id()));
  events_.emplace_back(event::Accepted{index});
}

void Driver::on_refused(DeviceIndex index, const net::Response& response) {
  const Job& job = jobs_[index];
  Device& device = devices_[index];
  const Error error = live_response::explain(response, "start the session", "Machine.LiveResponse");
  const Refusal refusal = live_response::classify(response);
  if (refusal == Refusal::kFailing) {
    events_.emplace_back(event::Lost{index});
    return;
  }
  if (refusal == Refusal::kItem || refusal == Refusal::kUnsupported) {
    device.message = error.message();
    events_.emplace_back(event::Refused{
        index, refusal == Refusal::kUnsupported ? Outcome::kUnsupported : Outcome::kFailed});
    return;
  }
  written(log_.put_back(job, device.attempt, error.message()));
  if (refusal == Refusal::kBusy) {
    events_.emplace_back(event::Busy{index});
  } else if (refusal == Refusal::kThrottled) {
    const double wait =
        net::retry_after(response, now()).value_or(net::Seconds(kThrottledWithoutWord)).count();
    events_.emplace_back(event::Throttled{index, wait});
  } else {
    events_.emplace_back(event::NotSent{index});
    stop(error);
  }
}

void Driver::perform(const action::Poll& poll) {
  start_listing(session_.http(), api_, time_of(poll.since),
                [this, asked = now()](const ActionList& list) { on_listed(asked, list); });
}

std::optional<DeviceIndex> Driver::device_of(const MachineAction& action) const {
  const auto found = by_machine_.find(action.machine_id);
  if (found == by_machine_.end()) return std::nullopt;
  const Device& device = devices_[found->second];
  if (!device.action_id.empty()) {
    if (device.action_id != action.id) return std::nullopt;
  } else if (action.comment.find(tag_of(device.attempt)) == std::string::npos) {
    return std::nullopt;
  }
  return found->second;
}

void Driver::on_listed(double asked, const ActionList& list) {
  if (!list) {
    events_.emplace_back(event::ListFailed{});
    if (list.error().code() == ErrorCode::kAuth) stop(list.error());
    return;
  }
  event::Listed listed{asked, {}};
  std::set<DeviceIndex> seen;
  for (const MachineAction& action : *list) {
    const std::optional<DeviceIndex> index = device_of(action);
    if (!index || !seen.insert(*index).second) continue;
    const auto observed = observe(*index, action);
    observed ? listed.actions.push_back(*observed) : look_closer(*index);
  }
  for (const DeviceIndex index : scheduler_.open_sessions()) {
    Device& device = devices_[index];
    if (seen.contains(index)) {
      device.unseen = 0;
    } else if (!device.action_id.empty() && ++device.unseen % kUnseenLists == 0) {
      look_closer(index);
    }
  }
  events_.emplace_back(std::move(listed));
}

/// A list may lack what an action of its own shows.
void Driver::look_closer(DeviceIndex index) {
  session_.http().start(api_.action(devices_[index].action_id),
                        [this, index](const net::Outcome& outcome) {
                          if (!outcome.result || !outcome.result->is_success()) return;
                          const auto action = live_response::parse_action(outcome.result->body);
                          if (!action || action->id != devices_[index].action_id) return;
                          if (const auto observed = observe(index, *action))
                            events_.emplace_back(event::Listed{0, {*observed}, false});
                        });
}

std::optional<event::Observed> Driver::observe(DeviceIndex index, const MachineAction& action) {
  Device& device = devices_[index];
  if (device.action_id.empty()) {
    // Found after its answer was lost: from now on it is known by its id.
    device.action_id = action.id;
    written(log_.sent(jobs_[index], device.attempt, action.id, 0, ""));
  }
  const bool final = is_final(action.status);
  if (final && action.commands.empty() && !device.looked_closer &&
      action.status != live_response::ActionStatus::kCancelled) {
    device.looked_closer = true;
    return std::nullopt;
  }
  event::Observed observed{index, progress_of(action.status), 0, action.began()};
  if (!final) return observed;
  device.commands = action.commands;
  device.status = action.status;
  device.trouble = action.trouble;
  device.results.clear();
  for (std::size_t i = 0; i < action.commands.size(); ++i) {
    if (action.commands[i].has_result() && !device.done.contains(action.commands[i].index))
      device.results.push_back(i);
  }
  device.fetches.assign(device.results.size(), 0);
  observed.results = device.results.size();
  return observed;
}

void Driver::perform(const action::Cancel& cancel) {
  const Device& device = devices_[cancel.device];
  if (device.action_id.empty() ||
      !written(log_.giving_up(jobs_[cancel.device], device.attempt, device.action_id))) {
    events_.emplace_back(event::CancelAnswered{cancel.device});
    return;
  }
  session_.http().start(
      api_.cancel(device.action_id, "did not begin; put back " + tag_of(device.attempt)),
      [this, index = cancel.device](const net::Outcome& outcome) {
        events_.emplace_back(event::CancelAnswered{index});
        if (!outcome.result || !outcome.result->is_success()) return;
        const auto action = live_response::parse_action(outcome.result->body);
        if (!action || action->id != devices_[index].action_id) return;
        if (const auto observed = observe(index, *action))
          events_.emplace_back(event::Listed{0, {*observed}, false});
      });
}

void Driver::perform(const action::PutBack& put_back) {
  Device& device = devices_[put_back.device];
  written(log_.put_back(jobs_[put_back.device], device.attempt, "did not begin in time"));
  device.action_id.clear();
}

void Driver::perform(const action::Fetch& fetch) {
  Device& device = devices_[fetch.device];
  const live_response::CommandState& command = device.commands[device.results[fetch.result]];
  ++device.fetches[fetch.result];
  Wanted wanted{.action_id = device.action_id,
                .command = command.index,
                .is_file = live_response::parse_command_type(command.type) == CommandType::kGetFile,
                .path = {},
                .device_path = command.name};
  if (wanted.is_file) {
    const std::string folder = options_.out_dir + "/" + folders_[fetch.device];
    if (const Result<void> made = make_private_folder(folder); !made)
      return on_fetched(fetch.device, fetch.result,
                        tl::unexpected(FetchError{made.error(), false}));
    wanted.path = folder + "/" + file_name(command.index, command.name);
  }
  fetcher_.start(std::move(wanted), [this, fetch](tl::expected<Arrived, FetchError> arrived) {
    on_fetched(fetch.device, fetch.result, std::move(arrived));
  });
}

void Driver::on_fetched(DeviceIndex index, std::size_t result,
                        tl::expected<Arrived, FetchError> arrived) {
  Device& device = devices_[index];
  const bool stopping = summary_.stopped_by.has_value();
  if (!arrived &&
      (stopping || (arrived.error().may_try_again && device.fetches[result] < kFetchTries))) {
    events_.emplace_back(event::FetchFailed{index, result});
    return;
  }
  ResultRow row = row_of(index, device.results[result]);
  if (!arrived) {
    row.state = Outcome::kFailed;
    row.error = arrived.error().error.message();
    // What cannot be kept here will not be kept for the others.
    if (arrived.error().error.code() == ErrorCode::kData && !arrived.error().error.file().empty())
      device.message = row.error;
  } else if (arrived->output) {
    row.exit_code = arrived->output->exit_code;
    row.output = std::move(arrived->output->output);
    row.output_format = name_of(arrived->output->form);
    row.error = std::move(arrived->output->errors);
    if (row.exit_code.value_or(0) != 0 && jobs_[index].nonzero_exit_fails)
      row.state = Outcome::kFailed;
  } else {
    row.file = std::move(arrived->file);
  }
  emit(index, row);
  events_.emplace_back(event::Fetched{index, result});
}

ResultRow Driver::row_of(DeviceIndex index, std::size_t command) const {
  const Job& job = jobs_[index];
  const Device& device = devices_[index];
  ResultRow row{.run = options_.run, .device_id = job.device_id, .device = job.device};
  row.action_id = device.action_id;
  row.command = static_cast<std::int64_t>(command);
  if (command < job.commands.size()) {
    row.type = name_of(job.commands[command].type);
    row.name = job.commands[command].name;
  }
  if (command >= device.commands.size()) return row;
  const live_response::CommandState& state = device.commands[command];
  row.command = state.index;
  row.started = state.started;
  row.ended = state.ended;
  row.error = state.errors;
  return row;
}

void Driver::emit(DeviceIndex index, const ResultRow& row) {
  Device& device = devices_[index];
  device.done.insert(row.command);
  device.some_failed = device.some_failed || row.state == Outcome::kFailed;
  if (!written(log_.result(jobs_[index].key, row))) return;
  if (const Result<void> shown = options_.on_row(row); !shown) stop(shown.error());
}

/// Lines for the commands that leave nothing to fetch. Of those that did not complete, the first
/// says why the session ended, and the others never began.
void Driver::rows_without_results(DeviceIndex index, Outcome outcome) {
  const Job& job = jobs_[index];
  const Device& device = devices_[index];
  bool ended = false;
  for (std::size_t i = 0; i < job.commands.size(); ++i) {
    ResultRow row = row_of(index, i);
    const bool known = i < device.commands.size();
    const bool completed = known && device.commands[i].is_completed();
    if (!completed && !device.commands.empty()) {
      row.state = ended                            ? Outcome::kSkipped
                  : outcome == Outcome::kSucceeded ? Outcome::kFailed
                                                   : outcome;
      if (!ended && row.error.empty()) row.error = device.trouble;
      ended = true;
    } else if (!completed) {
      row.state = outcome;
      row.error = device.message;
    }
    if (!device.done.contains(row.command)) emit(index, row);
  }
}

void Driver::perform(const action::Finish& finish) {
  Device& device = devices_[finish.device];
  const Job& job = jobs_[finish.device];
  if (finish.outcome == Outcome::kPendingExpired) {
    device.message = "the device did not answer in the time of the run";
    device.commands.clear();  // of an action that never began
  }
  rows_without_results(finish.device, finish.outcome);
  Outcome outcome = finish.outcome;
  if (outcome == Outcome::kSucceeded && device.some_failed) outcome = Outcome::kFailed;
  ++summary_.outcomes[static_cast<std::size_t>(outcome)];
  written(log_.end(job.key, job.device, outcome, device.message));
  if (options_.on_end) options_.on_end(job, outcome, device.message);
}

}  // namespace quarry::lr
