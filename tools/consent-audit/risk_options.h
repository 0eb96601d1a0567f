// The options that say how findings are judged.
#pragma once

#include "common/cli/invocation.h"
#include "common/config/option.h"
#include "tools/consent-audit/risk/rule.h"

#include <optional>

namespace quarry::consent_audit {

/// permissions allow business-hours burst-users burst-window young-days now
extern const config::OptionTable kRiskOptions;
/// min-risk explain
extern const config::OptionTable kFindingOptions;
/// fail-on
extern const config::OptionTable kFailOnOptions;

Result<RiskSettings> read_risk_settings(const cli::Invocation& invocation);
/// Of --fail-on or --min-risk; nullopt where it is not given.
Result<std::optional<Level>> read_level(const cli::Invocation& invocation, std::string_view option);

}  // namespace quarry::consent_audit
