// What the driver makes of a session that has ended: files, result lines, the outcome.
#include "common/base/private_file.h"
#include "tools/lr/driver/driver.h"
#include "tools/lr/driver/file_place.h"

#include <utility>

namespace quarry::lr {
namespace {

constexpr int kFetchTries = 5;

}  // namespace

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
    if (const Result<void> made = make_private_folder(folder_of(fetch.device)); !made)
      return on_fetched(fetch.device, fetch.result,
                        tl::unexpected(FetchError{made.error(), false}));
    wanted.path = path_of(fetch.device, command);
  }
  fetcher_.start(std::move(wanted), [this, fetch](tl::expected<Arrived, FetchError> arrived) {
    on_fetched(fetch.device, fetch.result, std::move(arrived));
  });
}

std::string Driver::folder_of(DeviceIndex index) const {
  return options_.out_dir + "/" + folders_[index];
}

/// What is there already and not of this run stays as it is: the file goes beside it.
const std::string& Driver::path_of(DeviceIndex index, const live_response::CommandState& command) {
  Device& device = devices_[index];
  std::string& path = device.paths[command.index];
  if (path.starts_with(folder_of(index) + "/")) return path;
  path = free_path(folder_of(index) + "/" + file_name(command.index, command.name));
  written(log_.file_place(jobs_[index], device.attempt, command.index, path));
  return path;
}

void Driver::on_fetched(DeviceIndex index, std::size_t result,
                        tl::expected<Arrived, FetchError> arrived) {
  Device& device = devices_[index];
  // Transfers hear of an interrupt before run() does: what it broke off is fetched by the run that
  // goes on.
  const bool stopping = summary_.stopped_by.has_value() ||
                        (!arrived && arrived.error().error.code() == ErrorCode::kInterrupted);
  if (!arrived &&
      (stopping || (arrived.error().may_try_again && device.fetches[result] < kFetchTries))) {
    events_.emplace_back(event::FetchFailed{index, result});
    return;
  }
  ResultRow row = row_of(index, device.results[result]);
  if (!arrived) {
    row.state = Outcome::kFailed;
    row.error = arrived.error().error.message();
    if (const auto path = device.paths.find(row.command); path != device.paths.end())
      Fetcher::give_up(path->second);
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
