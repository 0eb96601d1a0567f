#include "tools/lr/run/preparation.h"

#include "common/base/clock.h"
#include "tools/lr/input.h"
#include "tools/lr/log/run_file.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace quarry::lr {
namespace {

Result<void> apply_limits(const cli::Invocation& invocation, Playbook& playbook) {
  const auto take = [&invocation](std::string_view option, double& seconds) -> Result<void> {
    QUARRY_TRY(const auto span, invocation.options().duration(option));
    if (span) seconds = static_cast<double>(span->ticks) / static_cast<double>(kTicksPerSecond);
    return ok();
  };
  QUARRY_CHECK(take("pending-timeout", playbook.pending_seconds));
  return take("give-up-after", playbook.give_up_after_seconds);
}

Result<void> read_jobs(Prepared& prepared) {
  for (const actions::Action& action : prepared.plan.actions) {
    if (action.name == kPushAction) continue;
    if (action.name == kUnfitAction) {
      QUARRY_TRY(Unfit unfit, read_unfit(action));
      prepared.unfit.push_back(std::move(unfit));
      continue;
    }
    QUARRY_TRY(Job job, read_job(action));
    prepared.jobs.push_back(std::move(job));
  }
  return ok();
}

/// A step that stands in a plan twice, as of `cat plan plan`, is one.
void keep_each_once(actions::Plan& plan) {
  std::set<std::string> keys;
  std::erase_if(plan.actions, [&keys](const actions::Action& action) {
    return !keys.insert(actions::key_of(action)).second;
  });
}

}  // namespace

Result<Prepared> prepare_playbook(cli::Invocation& invocation, auth::Session& session,
                                  const live_response::Api& api, Playbook playbook) {
  QUARRY_CHECK(apply_limits(invocation, playbook));
  QUARRY_TRY(const Targets targets, find_targets(invocation, session.http(), api));
  QUARRY_TRY(JobPlan planned, plan_jobs(playbook, targets, session.connection().tenant));
  Prepared prepared{.plan = {journal::make_run_id(system_ticks_now()), std::move(planned.actions)}};
  prepared.doubts = std::move(planned.doubts);
  QUARRY_CHECK(read_jobs(prepared));
  const auto warn = invocation.run_context().warn;
  for (const Unfit& one : prepared.unfit) warn(fmt::format("{}: {}", one.device, one.reason));
  return prepared;
}

std::vector<actions::Action> Prepared::acts() const {
  std::vector<actions::Action> acts;
  for (const actions::Action& action : plan.actions) {
    if (action.name != kUnfitAction) acts.push_back(action);
  }
  return acts;
}

Result<std::optional<Prepared>> prepare_known(cli::Invocation& invocation) {
  Prepared prepared;
  if (!invocation.text("plan").empty() || !invocation.text("resume").empty()) {
    QUARRY_CHECK(check_names_nothing_else(invocation));
    if (!invocation.arguments().empty())
      return fail(ErrorCode::kUsage,
                  fmt::format("{} beside --plan or --resume: the run has its playbook",
                              invocation.arguments()[0]),
                  "leave it out, or begin another run");
  }
  if (const std::string& file = invocation.text("plan"); !file.empty()) {
    QUARRY_TRY(const std::string text, read_text_input(invocation, file));
    QUARRY_TRY(prepared.plan, actions::read_plan(text, input_name(file), "lr"));
    keep_each_once(prepared.plan);
  } else if (const std::string& run = invocation.text("resume"); !run.empty()) {
    QUARRY_TRY(RunHistory history, read_run(invocation, run));
    if (!history.is_live_response())
      return fail(ErrorCode::kUsage, fmt::format("{} is no run of playbooks", run),
                  fmt::format("lr action --resume {}", run));
    prepared.plan = std::move(history.plan);
    prepared.resumed = true;
  } else {
    return std::optional<Prepared>();
  }
  QUARRY_CHECK(read_jobs(prepared));
  return std::optional(std::move(prepared));
}

}  // namespace quarry::lr
