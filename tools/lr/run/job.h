// What one device is to do, in the three forms it has: built from a playbook and a row, written
// into a plan, read back from a plan or a journal.
#pragma once

#include "common/actions/action.h"
#include "common/base/result.h"
#include "common/services/live_response/command.h"
#include "tools/lr/playbook/playbook.h"
#include "tools/lr/scheduler/events.h"
#include "tools/lr/targets/targets.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarry::lr {

struct Job {
  std::string key;  // idempotency key of the act
  std::string device_id;
  std::string device;
  std::string playbook;
  std::vector<live_response::Command> commands;
  double pending_seconds = 600;
  double give_up_after = 3 * 86400;
  bool nonzero_exit_fails = true;
  double last_seen = 0;    // seconds since 1970; 0: unknown
  std::uint32_t turn = 1;  // of the device, where rows ask it for different things
};

/// A device that is asked nothing, and why. It stands in the plan and in the journal like the
/// others: whoever named it finds it in the results.
struct Unfit {
  std::string key;
  std::string device_id;  // empty: no machine of the tenant
  std::string device;
  std::string playbook;
  std::vector<live_response::Command> commands;  // places for values of the row are not filled
  Outcome outcome = Outcome::kUnsupported;       // or kSkipped
  std::string reason;
};

struct JobPlan {
  std::vector<actions::Action> actions;  // uploads first, then those of devices
  std::vector<std::string> doubts;       // devices that will hardly answer, in words
};

/// A device whose rows put different values into the commands is asked once for each. kData where a
/// file to push cannot be read.
Result<JobPlan> plan_jobs(const Playbook& playbook, const Targets& targets,
                          const std::string& tenant);

/// Putting a file into the library. kData where it cannot be read.
Result<actions::Action> push_action(const PushFile& push, const std::string& tenant);

inline constexpr std::string_view kRunAction = "runliveresponse";
inline constexpr std::string_view kPushAction = "pushlibraryfile";
inline constexpr std::string_view kUnfitAction = "notasked";

/// Of an action called kRunAction. kData where it is none.
Result<Job> read_job(const actions::Action& action);
/// Of an action called kUnfitAction. kData where it is none.
Result<Unfit> read_unfit(const actions::Action& action);

/// "2026-11-20T09:12:01.1234567Z" as seconds since 1970; 0 where it is no time.
double seconds_of(const std::string& time);
/// And back, as the service writes times.
std::string time_of(double seconds);

}  // namespace quarry::lr
