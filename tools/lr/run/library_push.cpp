#include "tools/lr/run/library_push.h"

#include "common/actions/runner.h"
#include "tools/lr/run/job.h"
#include "tools/lr/run/push_actor.h"

#include <fmt/format.h>

#include <vector>

namespace quarry::lr {

Result<void> push_library(std::span<const actions::Action> plan, auth::Session& session,
                          const live_response::Api& api, journal::Journal& journal,
                          const std::string& run, const std::string& reason,
                          const CancelToken* cancel) {
  std::vector<actions::Action> pushes;
  for (const actions::Action& action : plan) {
    if (action.name == kPushAction) pushes.push_back(action);
  }
  if (pushes.empty()) return ok();
  PushActor actor(session, api);
  std::string problem;
  actions::Runner runner(
      pushes, actor, journal,
      {.reason = reason,
       .cancel = cancel,
       .on_result = [&problem](const actions::Action& action, const actions::ActResult& result) {
         if (result.state != journal::State::kDone) problem = action.what + ": " + result.message;
       }});
  const actions::RunSummary summary = runner.run();
  if (summary.is_complete()) return ok();
  if (summary.stopped_by) return fail(*summary.stopped_by);
  const ErrorCode code = summary.first_failure ? summary.first_failure->code() : ErrorCode::kRemote;
  return fail(code, problem, fmt::format("no device was asked; lr run --resume {} goes on", run));
}

}  // namespace quarry::lr
