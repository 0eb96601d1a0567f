// Rows of sign-in logs, as far as they say that a session was risky: Graph's signIns, Log
// Analytics' SigninLogs, Azure Monitor's records.
#pragma once

#include "tools/consent-audit/audit/audit_row.h"
#include "tools/consent-audit/audit/body.h"

#include <string_view>

namespace quarry::consent_audit {

/// The operation that Azure Monitor and Log Analytics call every one of them by.
bool is_sign_in_operation(std::string_view operation);
/// Whether the members are of a sign-in.
bool is_sign_in(const Members& members);
/// `sign_in_risk` is "" where the service found none, or little.
AuditRow read_sign_in(Shape shape, const Members& members);

}  // namespace quarry::consent_audit
