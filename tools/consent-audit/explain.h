// --explain: why a finding is what it is, in sentences.
#pragma once

#include "common/cli/invocation.h"
#include "tools/consent-audit/findings/finding_set.h"
#include "tools/consent-audit/risk/rule.h"
#include "tools/consent-audit/tenant/inventory.h"

#include <string>

namespace quarry::consent_audit {

/// What a rule looks at, folded.
std::string rule_text(const Rule& rule);
/// Prints the finding of this id; kUsage where there is none.
Result<void> explain_finding(const cli::Invocation& invocation, const FindingSet& findings,
                             const std::string& id);

/// Prints the whole story of applications by the id of either kind, or the name. kUsage where there
/// is none.
Result<void> explain_app(const cli::Invocation& invocation, const std::vector<TenantApp>& apps,
                         const std::string& wanted);

}  // namespace quarry::consent_audit
