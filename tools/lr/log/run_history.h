// What the journal of a run says: where every device stands, also after a crash.
#pragma once

#include "common/actions/plan_file.h"
#include "common/base/result.h"
#include "common/journal/record.h"
#include "tools/lr/run/job.h"
#include "tools/lr/scheduler/scheduler.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace quarry::lr {

/// Where a device stands by the journal.
struct DeviceHistory {
  DeviceStart::Stand stand = DeviceStart::Stand::kWaiting;
  std::uint32_t attempts = 0;
  double sent_at = 0;                // of the latest attempt
  std::string action_id = {};        // of the latest attempt, once the service took it
  std::set<std::int64_t> done = {};  // commands with a result line
  std::map<std::int64_t, std::string> paths = {};  // by command: where its file was to go
  bool some_failed = false;                        // of those commands
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
  std::string begun = {};    // time of the first record
  std::string latest = {};   // of the last
  std::string out_dir = {};  // where the latest files went

  /// Not a run of machine actions, or of library files.
  bool is_live_response() const;
};

/// kData where the journal is no run of lr.
Result<RunHistory> read_history(std::span<const journal::Entry> entries, const std::string& run);

/// A member that lr added to a record, as text; "" where it has none.
std::string more_of(const journal::Record& record, std::string_view key);

}  // namespace quarry::lr
