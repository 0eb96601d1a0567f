// The step that closes the door: the setting of who may consent, with everything else in the list
// kept and the way back.
#pragma once

#include "common/base/result.h"
#include "tools/consent-audit/respond/step.h"
#include "tools/consent-audit/risk/consent_policy.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <optional>
#include <string>

namespace quarry::consent_audit {

struct UserConsentChange {
  std::string what;
  GraphCall call;
  std::string before;  // JSON: the list as it is
  GraphCall back;
};

/// `wanted`: kOff or kLow. nullopt where the tenant is as strict already. kData where no answer
/// holds the authorization policy, or several hold different ones.
Result<std::optional<UserConsentChange>> plan_user_consent(const Tenant& tenant,
                                                           UserConsent wanted);

}  // namespace quarry::consent_audit
