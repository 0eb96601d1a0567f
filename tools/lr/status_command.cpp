// lr status: how runs stand, by their journals alone.
#include "common/json/object_writer.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/run/run_file.h"

#include <fmt/format.h>

#include <map>

namespace quarry::lr {
namespace {

constexpr std::array<RecordColumn, 8> kRunColumns{{{"run"},
                                                   {"begun"},
                                                   {"latest"},
                                                   {"by"},
                                                   {"playbook"},
                                                   {"devices", Type::kLong},
                                                   {"ended", Type::kLong},
                                                   {"reason"}}};
constexpr std::array<RecordColumn, 5> kDeviceColumns{
    {{"device"}, {"state"}, {"attempts", Type::kLong}, {"action_id"}, {"error"}}};

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

std::string run_record(const std::string& run, const RunHistory& history) {
  std::int64_t ended = 0;
  for (const auto& [key, device] : history.devices) ended += device.outcome ? 1 : 0;
  std::int64_t devices = 0;
  std::string playbook;
  for (const actions::Action& action : history.plan.actions) {
    const Result<Job> job = read_job(action);
    if (!job) continue;
    ++devices;
    playbook = job->playbook;
  }
  return json::ObjectWriter()
      .text("_type", "lr.run")
      .text("run", run)
      .text("begun", history.begun)
      .text("latest", history.latest)
      .text("by", history.by)
      .text("playbook", playbook)
      .number("devices", devices)
      .number("ended", ended)
      .text("reason", history.reason)
      .take();
}

std::string device_record(const std::string& run, const Job& job, const DeviceHistory& device) {
  return json::ObjectWriter()
      .text("_type", "lr.device")
      .text("run", run)
      .text("device_id", job.device_id)
      .text("device", job.device)
      .text("state", state_of(device))
      .number("attempts", device.attempts)
      .raw("action_id", device.action_id.empty() ? "null" : json::quoted(device.action_id))
      .raw("error", device.message.empty() ? "null" : json::quoted(device.message))
      .take();
}

Result<int> show_runs(cli::Invocation& invocation) {
  std::vector<std::string> records;
  for (const std::string& run : all_runs(invocation.environment())) {
    // Journals of other tools, and of other acts, lie there too.
    if (const Result<RunHistory> history = read_run(invocation, run))
      records.push_back(run_record(run, *history));
  }
  return show_records(invocation, kRunColumns, records);
}

}  // namespace

Result<int> status_command(cli::Invocation& invocation) {
  if (invocation.arguments().empty()) return show_runs(invocation);
  const std::string& run = invocation.arguments()[0];
  QUARRY_TRY(const RunHistory history, read_run(invocation, run));
  std::vector<std::string> records;
  for (const actions::Action& action : history.plan.actions) {
    const Result<Job> job = read_job(action);
    if (!job) continue;
    const auto known = history.devices.find(job->key);
    records.push_back(
        device_record(run, *job, known == history.devices.end() ? DeviceHistory() : known->second));
  }
  return show_records(invocation, kDeviceColumns, records);
}

}  // namespace quarry::lr
