#include "tools/lr/act/plan_tenant.h"

#include <fmt/format.h>

namespace quarry::lr {

Result<void> check_tenant(const actions::Plan& plan, const auth::Session& session) {
  const std::string& tenant = session.connection().tenant;
  for (const actions::Action& action : plan.actions) {
    if (action.tenant != tenant && !action.tenant.empty() && !tenant.empty())
      return fail(ErrorCode::kRefused,
                  fmt::format("the plan is for tenant {}, and this is {}; nothing was done",
                              action.tenant, tenant),
                  "name its connection: --profile or --tenant");
  }
  return ok();
}

}  // namespace quarry::lr
