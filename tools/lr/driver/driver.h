// Carries out what the scheduler decides: requests, journal, files, result lines. One thread; the
// scheduler holds the rules, the journal the truth.
#pragma once

#include "common/auth/session.h"
#include "common/base/cancel.h"
#include "common/services/live_response/machine_action.h"
#include "common/services/live_response/refusal.h"
#include "tools/lr/driver/fetcher.h"
#include "tools/lr/driver/lister.h"
#include "tools/lr/log/result_row.h"
#include "tools/lr/log/run_history.h"
#include "tools/lr/log/run_log.h"
#include "tools/lr/run/job.h"
#include "tools/lr/scheduler/scheduler.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace quarry::lr {

struct DriverOptions {
  std::string run = {};
  std::string reason = {};
  std::string out_dir = {};
  std::uint64_t max_file_bytes = std::uint64_t{8} << 30;
  SchedulerOptions scheduler = {};
  const CancelToken* cancel = nullptr;
  /// A result line, as it comes. An error ends the run in order.
  std::function<Result<void>(const ResultRow&)> on_row = {};
  /// A device has its outcome.
  std::function<void(const Job&, Outcome, const std::string& message)> on_end = {};
  /// From time to time, for whoever watches.
  std::function<void(const Scheduler::Counts&)> on_counts = {};
};

struct DriverSummary {
  std::array<std::size_t, 7> outcomes{};  // by Outcome, of this process
  std::optional<Error> stopped_by;        // interrupted, the journal, a permission
};

class Driver {
 public:
  /// All outlive the driver; `history` tells where each job stands.
  Driver(auth::Session& session, const live_response::Api& api, std::span<const Job> jobs,
         const RunHistory& history, RunLog& log, DriverOptions options);

  /// Once.
  DriverSummary run();

 private:
  /// What the driver knows of a device beyond the scheduler.
  struct Device {
    std::uint32_t attempt = 0;
    std::string action_id;
    std::vector<live_response::CommandState> commands;  // once the action has ended
    live_response::ActionStatus status = live_response::ActionStatus::kUnknown;
    std::string trouble;
    std::vector<std::size_t> results;  // positions in commands, as the scheduler counts them
    std::vector<int> fetches;          // tries of each
    std::map<std::int64_t, std::string> paths;  // by command: where its file goes
    std::set<std::int64_t> done;                // commands with a line
    bool some_failed = false;
    std::string message;         // why it was refused
    std::size_t unseen = 0;      // lists in a row that lacked the action
    bool looked_closer = false;  // its commands were asked for singly
  };

  static std::vector<DeviceStart> starts_of(std::span<const Job> jobs, const RunHistory& history,
                                            double now);
  void deliver(const Event& event);
  void perform(const action::Submit& submit);
  void perform(const action::Poll& poll);
  void perform(const action::Look& look);
  void perform(const action::Cancel& cancel);
  void perform(const action::Fetch& fetch);
  void perform(const action::PutBack& put_back);
  void perform(const action::Finish& finish);

  void cancel_unless_begun(DeviceIndex index, const net::Outcome& outcome);
  void give_up(DeviceIndex index);
  void on_submitted(DeviceIndex index, const net::Outcome& outcome);
  void on_refused(DeviceIndex index, const net::Response& response);
  void on_listed(double asked, const ActionList& list);
  void on_fetched(DeviceIndex index, std::size_t result, tl::expected<Arrived, FetchError> arrived);
  /// What the action says; nullopt where it is to be asked for singly first.
  std::optional<event::Observed> observe(DeviceIndex index,
                                         const live_response::MachineAction& action);
  void look_closer(DeviceIndex index);
  std::optional<DeviceIndex> device_of(const live_response::MachineAction& action) const;

  std::string folder_of(DeviceIndex index) const;
  const std::string& path_of(DeviceIndex index, const live_response::CommandState& command);
  ResultRow row_of(DeviceIndex index, std::size_t command) const;
  void rows_without_results(DeviceIndex index, Outcome outcome);
  void emit(DeviceIndex index, const ResultRow& row);
  void stop(Error error);
  /// Keeps a failure of the journal: nothing may be done that is not written down.
  bool written(const Result<void>& result);
  double now() const { return session_.clock().wall(); }
  void wait();

  auth::Session& session_;
  const live_response::Api& api_;
  std::span<const Job> jobs_;
  RunLog& log_;
  DriverOptions options_;
  Scheduler scheduler_;
  Fetcher fetcher_;
  std::vector<Device> devices_;
  std::vector<std::string> folders_;
  std::multimap<std::string, DeviceIndex, std::less<>> by_machine_;
  std::deque<Event> events_;
  DriverSummary summary_;
};

}  // namespace quarry::lr
