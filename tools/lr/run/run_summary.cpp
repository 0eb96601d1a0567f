#include "tools/lr/run/run_summary.h"

#include "common/json/object_writer.h"
#include "tools/lr/log/result_row.h"

#include <algorithm>

namespace quarry::lr {

std::string to_json(const RunOutcome& outcome, const std::string& run) {
  json::ObjectWriter writer;
  writer.text("_type", "summary").text("tool", "lr").text("run", run);
  writer.number("devices", static_cast<std::int64_t>(outcome.devices));
  std::size_t ended = 0;
  for (std::size_t i = 0; i < outcome.outcomes.size(); ++i) {
    writer.number(name_of(static_cast<Outcome>(i)), static_cast<std::int64_t>(outcome.outcomes[i]));
    ended += outcome.outcomes[i];
  }
  writer.number("left",
                static_cast<std::int64_t>(outcome.devices - std::min(outcome.devices, ended)));
  if (outcome.stopped_by) writer.text("stopped_by", outcome.stopped_by->message());
  return writer.take();
}

int exit_status_of(const RunOutcome& outcome) {
  const std::size_t succeeded = outcome.outcomes[0];
  if (succeeded == outcome.devices) return 0;
  if (outcome.stopped_by) {
    const ErrorCode code = outcome.stopped_by->code();
    if (code == ErrorCode::kInterrupted || code == ErrorCode::kTerminated ||
        code == ErrorCode::kTimedOut)
      return exit_status(code);
    if (succeeded == 0 && code != ErrorCode::kReaderGone) return exit_status(code);
  }
  return exit_status(ErrorCode::kPartial);
}

}  // namespace quarry::lr
