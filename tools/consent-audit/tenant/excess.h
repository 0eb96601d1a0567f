// A token that only reads should not be able to take over the tenant.
#pragma once

#include "common/auth/session.h"

#include <string>

namespace quarry::consent_audit {

/// Permissions of a response that the token for Graph carries; "" where it carries none, or does
/// not say.
std::string excess_permissions(auth::Session& session, const std::string& scope);

}  // namespace quarry::consent_audit
