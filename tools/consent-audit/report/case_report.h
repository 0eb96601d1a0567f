// Findings as a document for the case file: what happened, to whom, how bad, why.
#pragma once

#include "common/output/report.h"
#include "tools/consent-audit/audit/audit_input.h"
#include "tools/consent-audit/findings/finding_set.h"

#include <string>

namespace quarry::consent_audit {

/// `format`: "html" or "markdown".
std::string case_report(const FindingSet& findings, const AuditReport& read,
                        const std::string& format);

}  // namespace quarry::consent_audit
