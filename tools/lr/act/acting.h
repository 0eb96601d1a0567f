// What commands share that act by the common loop: plan, gate, journal, runner, result lines.
#pragma once

#include "common/actions/actor.h"
#include "common/actions/plan_file.h"
#include "common/auth/session.h"
#include "common/cli/invocation.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace quarry::lr {

using MakeActor = std::function<std::unique_ptr<actions::Actor>(const std::string& reason,
                                                                const std::string& run)>;

/// `plan`, with a run id of its own where it has none: printed, or done after the gate. One
/// "lr.action" record a step, and a summary. kData where the plan is empty.
Result<int> act(cli::Invocation& invocation, auth::Session& session, actions::Plan plan,
                const MakeActor& make_actor);
/// The plan that --plan names, or that the journal of --resume holds; nullopt without either. Its
/// steps must be ones that `known` takes.
Result<std::optional<actions::Plan>> known_plan(
    cli::Invocation& invocation, const std::function<bool(const std::string&)>& known);
/// The commands that take a run of machine actions back, to be copied.
std::string undo_words(const std::string& run);

}  // namespace quarry::lr
