// What commands share that act by the common loop: plan, gate, journal, runner, result lines.
#pragma once

#include "common/actions/actor.h"
#include "common/actions/plan_file.h"
#include "common/auth/session.h"
#include "common/cli/invocation.h"

#include <functional>
#include <memory>
#include <string>

namespace quarry::lr {

using MakeActor = std::function<std::unique_ptr<actions::Actor>(const std::string& reason,
                                                                const std::string& run)>;

/// --plan, else `plan` with a run id of its own: printed, or done after the gate. One
/// "lr.action" record a step, and a summary.
Result<int> act(cli::Invocation& invocation, auth::Session& session, actions::Plan plan,
                const MakeActor& make_actor);
/// The plan that --plan names; its steps must be ones that `known` takes.
Result<actions::Plan> plan_from_file(cli::Invocation& invocation,
                                     const std::function<bool(const std::string&)>& known);

}  // namespace quarry::lr
