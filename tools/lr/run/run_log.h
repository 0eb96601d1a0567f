// The journal of a run: written before and after everything that reaches the service, and read back
// to know where every device stands after a crash.
#pragma once

#include "common/actions/plan_file.h"
#include "common/base/result.h"
#include "common/journal/journal.h"
#include "tools/lr/run/job.h"
#include "tools/lr/run/result_row.h"
#include "tools/lr/scheduler/scheduler.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::lr {

/// Where a device stands by the journal.
struct DeviceHistory {
  DeviceStart::Stand stand = DeviceStart::Stand::kWaiting;
  std::uint32_t attempts = 0;
  double sent_at = 0;           // of the latest attempt
  std::string action_id = {};        // of the latest attempt, once the service took it
  std::set<std::int64_t> done = {};  // commands with a result line
  bool some_failed = false;     // of those commands
  std::optional<Outcome> outcome = {};
  std::string device = {};
  std::string message = {};  // of the outcome
};

struct RunHistory {
  actions::Plan plan = {};
  std::map<std::string, DeviceHistory> devices = {};  // by key
  std::vector<std::string> rows = {};                 // result lines, as written
  std::string reason = {};
  std::string by = {};
  std::string begun = {};   // time of the first record
  std::string latest = {};  // of the last
  std::string out_dir = {};
  bool stopped = false;  // the last word is that it was interrupted
};

/// kData where the journal is no run of lr.
Result<RunHistory> read_history(std::span<const journal::Entry> entries, const std::string& run);

class RunLog {
 public:
  /// The journal outlives the log.
  RunLog(journal::Journal& journal, std::string reason)
      : journal_(journal), reason_(std::move(reason)) {}

  /// All steps of the plan, before the first is done.
  Result<void> begin(const actions::Plan& plan, const std::string& out_dir);
  /// On disk before the submission leaves.
  Result<void> intent(const Job& job, std::uint32_t attempt, const std::string& url,
                      const std::string& body_sha256);
  Result<void> sent(const Job& job, std::uint32_t attempt, const std::string& action_id, int status,
                    const std::string& request_id);
  /// The attempt is over and the device waits for another.
  Result<void> put_back(const Job& job, std::uint32_t attempt, const std::string& why);
  /// Its place is being given up: whoever finds the action cancelled knows that it was us.
  Result<void> giving_up(const Job& job, std::uint32_t attempt, const std::string& action_id);
  Result<void> result(const std::string& key, const ResultRow& row);
  Result<void> end(const std::string& key, const std::string& device, Outcome outcome,
                   const std::string& message);

 private:
  journal::Record record(journal::Op op, const Job& job, std::uint32_t attempt) const;

  journal::Journal& journal_;
  std::string reason_;
};

}  // namespace quarry::lr
