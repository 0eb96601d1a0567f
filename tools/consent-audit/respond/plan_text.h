// A plan and its outcome for people.
#pragma once

#include "common/actions/runner.h"
#include "tools/consent-audit/respond/case_folder.h"
#include "tools/consent-audit/respond/plan_builder.h"

#include <string>
#include <string_view>

namespace quarry::consent_audit {

/// No public API bans an application in Defender for Cloud Apps: a person does, and it is recorded.
inline constexpr std::string_view kManualBan =
    "by hand: Defender portal, Cloud apps, App governance or OAuth apps, the application's page, "
    "Ban app "
    "(it can notify the users); then consent-audit timeline add \"banned in Defender for Cloud "
    "Apps\"";

/// Every step with its call, what must be known, and how to go on.
std::string plan_text(const Response& response);
std::string summary_text(const actions::RunSummary& summary, const CaseFolder& folder,
                         const std::string& run);

}  // namespace quarry::consent_audit
