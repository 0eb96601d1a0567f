// How a run ends: its last line, and the exit status.
#pragma once

#include "common/base/error.h"
#include "tools/lr/scheduler/events.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace quarry::lr {

struct RunOutcome {
  std::size_t devices = 0;                // each once for what its rows ask
  std::array<std::size_t, 7> outcomes{};  // by Outcome, over all processes of the run
  std::optional<Error> stopped_by;        // interrupted, the journal, a permission
};

/// {"_type":"summary",…}
std::string to_json(const RunOutcome& outcome, const std::string& run);
/// 0 where every device succeeded.
int exit_status_of(const RunOutcome& outcome);

}  // namespace quarry::lr
