// What users may consent to, as the authorization policy says it: in the portal's words, and which
// of two settings is the looser one.
#pragma once

#include "tools/consent-audit/risk/subject.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// From the strictest to the loosest; a policy of one's own can be anything.
enum class UserConsent : std::uint8_t { kOff, kLow, kRecommended, kCustom, kLegacy };

struct ConsentChoice {
  UserConsent choice = UserConsent::kOff;
  std::vector<std::string> policies;  // that govern user consent, without their prefix
  bool mail_clients = false;          // named mail clients may still be given mail
};

/// Of permissionGrantPoliciesAssigned and its names in other versions. Entries about owned groups
/// and chats do not count; the prefix is compared in any case, and may be missing.
ConsentChoice read_choice(const std::vector<std::string>& assigned);

/// What the changes let users do that they could not do before; "" where nothing.
std::string describe_loosening(const std::vector<PolicyChange>& changes);

}  // namespace quarry::consent_audit
