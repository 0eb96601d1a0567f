// lr status: how runs stand, by their journals alone.
#include "common/json/object_writer.h"
#include "tools/lr/act/act_history.h"
#include "tools/lr/log/result_row.h"
#include "tools/lr/log/run_file.h"
#include "tools/lr/lr_app.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::lr {
namespace {

constexpr std::array<RecordColumn, 9> kRunColumns{{{"run"},
                                                   {"begun"},
                                                   {"latest"},
                                                   {"by"},
                                                   {"command"},
                                                   {"playbook", Type::kString, Shown::kInFiles},
                                                   {"devices", Type::kLong},
                                                   {"ended", Type::kLong},
                                                   {"reason"}}};
constexpr std::array<RecordColumn, 7> kDeviceColumns{{{"run", Type::kString, Shown::kInFiles},
                                                      {"device_id", Type::kString, Shown::kInFiles},
                                                      {"device"},
                                                      {"state"},
                                                      {"attempts", Type::kLong},
                                                      {"action_id"},
                                                      {"error"}}};

std::string_view state_of(const DeviceHistory& device) {
  switch (device.stand) {
    case DeviceStart::Stand::kWaiting:
      return device.attempts == 0 ? "waiting" : "put_back";
    case DeviceStart::Stand::kLost:
      return "unknown";
    case DeviceStart::Stand::kSent:
      return "sent";
    case DeviceStart::Stand::kCancelling:
      return "cancelling";
    case DeviceStart::Stand::kEnded:
      break;
  }
  return device.outcome ? name_of(*device.outcome) : "ended";
}

/// One device or library file of a run, of whatever kind.
struct Standing {
  std::string device_id;
  std::string device;
  std::string state;
  std::size_t attempts = 0;
  std::string action_id;
  std::string message;
  bool ended = false;
};

Standing standing_of(const Job& job, const RunHistory& history) {
  const auto known = history.devices.find(job.key);
  const DeviceHistory device = known == history.devices.end() ? DeviceHistory() : known->second;
  return {job.device_id,    job.device,     std::string(state_of(device)), device.attempts,
          device.action_id, device.message, device.outcome.has_value()};
}

Standing standing_of(const Unfit& unfit) {
  return {unfit.device_id, unfit.device, std::string(name_of(unfit.outcome)), 0, "",
          unfit.reason,    true};
}

struct RunStanding {
  RunHistory history;
  std::string playbook;  // empty: machine actions, or library files
  std::string command;
  std::vector<Standing> devices;
};

Result<RunStanding> standing_of_run(const std::string& run,
                                    const std::vector<journal::Entry>& entries) {
  RunStanding standing;
  QUARRY_TRY(standing.history, read_history(entries, run));
  const actions::Plan& plan = standing.history.plan;
  if (!standing.history.is_live_response()) {
    standing.command = command_of(plan);
    for (const StepHistory& step : read_steps(plan, entries))
      standing.devices.push_back({step.device_id, step.device, step.state, step.attempts,
                                  step.action_id, step.message, step.has_ended()});
    return standing;
  }
  for (const actions::Action& action : plan.actions) {
    if (const Result<Job> job = read_job(action); job && action.name == kRunAction) {
      standing.playbook = job->playbook;
      standing.devices.push_back(standing_of(*job, standing.history));
    } else if (const Result<Unfit> unfit = read_unfit(action)) {
      standing.playbook = unfit->playbook;
      standing.devices.push_back(standing_of(*unfit));
    }
  }
  standing.command = "run " + standing.playbook;
  return standing;
}

std::string text_or_null(const std::string& text) {
  return text.empty() ? "null" : json::quoted(text);
}

std::string run_record(const std::string& run, const RunStanding& standing) {
  const auto ended = std::count_if(standing.devices.begin(), standing.devices.end(),
                                   [](const Standing& device) { return device.ended; });
  return json::ObjectWriter()
      .text("_type", "lr.run")
      .text("run", run)
      .text("begun", standing.history.begun)
      .text("latest", standing.history.latest)
      .text("by", standing.history.by)
      .text("command", standing.command)
      .raw("playbook", text_or_null(standing.playbook))
      .number("devices", static_cast<std::int64_t>(standing.devices.size()))
      .number("ended", ended)
      .text("reason", standing.history.reason)
      .take();
}

std::string device_record(const std::string& run, const Standing& device) {
  return json::ObjectWriter()
      .text("_type", "lr.device")
      .text("run", run)
      .text("device_id", device.device_id)
      .text("device", device.device)
      .text("state", device.state)
      .number("attempts", static_cast<std::int64_t>(device.attempts))
      .raw("action_id", text_or_null(device.action_id))
      .raw("error", text_or_null(device.message))
      .take();
}

Result<int> show_runs(cli::Invocation& invocation) {
  std::vector<std::string> records;
  bool all_whole = true;
  for (const std::string& run : all_runs(invocation.environment())) {
    const Result<std::vector<journal::Entry>> entries = read_entries(invocation, run);
    // Journals of other tools lie there too, and such as have no record yet.
    if (entries && (entries->empty() || entries->front().stamp.tool != "lr")) continue;
    const Result<RunStanding> standing =
        entries ? standing_of_run(run, *entries) : fail(entries.error());
    if (standing) {
      records.push_back(run_record(run, *standing));
      continue;
    }
    all_whole = false;
    invocation.diagnostics().add(Error(standing.error().code(),
                                       fmt::format("run {}: {}", run, standing.error().message()),
                                       "its journal is not as lr wrote it; nothing of it is shown")
                                     .at(standing.error().file()));
  }
  QUARRY_TRY(const int status, show_records(invocation, kRunColumns, records));
  return all_whole ? status : exit_status(ErrorCode::kData);
}

}  // namespace

Result<int> status_command(cli::Invocation& invocation) {
  if (invocation.arguments().empty()) return show_runs(invocation);
  QUARRY_TRY(const std::string run, find_run(invocation, invocation.arguments()[0]));
  QUARRY_TRY(const std::vector<journal::Entry> entries, read_entries(invocation, run));
  QUARRY_TRY(const RunStanding standing, standing_of_run(run, entries));
  std::vector<std::string> records;
  for (const Standing& device : standing.devices) records.push_back(device_record(run, device));
  return show_records(invocation, kDeviceColumns, records);
}

}  // namespace quarry::lr
