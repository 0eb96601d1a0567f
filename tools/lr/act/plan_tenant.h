// A plan is for the tenant whose machines it names.
#pragma once

#include "common/actions/plan_file.h"
#include "common/auth/session.h"

namespace quarry::lr {

/// kRefused where a step was planned for another tenant than the connection's.
Result<void> check_tenant(const actions::Plan& plan, const auth::Session& session);

}  // namespace quarry::lr
