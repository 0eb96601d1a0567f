// What a row means: from its facts to who got which access.
#pragma once

#include "tools/consent-audit/audit/audit_row.h"
#include "tools/consent-audit/audit/body.h"

#include <string_view>

namespace quarry::consent_audit {

/// The facts are used up.
AuditRow interpret(Shape shape, std::string_view operation, Body&& body);

}  // namespace quarry::consent_audit
