// The rules, one a file, and what they share.
#pragma once

#include "tools/consent-audit/risk/rule.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

extern const Rule kPermissionTierRule;
extern const Rule kTenantWideRule;
extern const Rule kDataOfflineRule;
extern const Rule kPhishFamilyRule;
extern const Rule kLookalikeNameRule;
extern const Rule kOddNameRule;
extern const Rule kOddReplyUrlRule;
extern const Rule kListedAppRule;
extern const Rule kFirstPartyRule;
extern const Rule kApprovedDespiteWarningRule;
extern const Rule kFailedAttemptRule;
extern const Rule kHiddenAppRolesRule;
extern const Rule kBareConsentRule;
extern const Rule kCredentialAddedRule;
extern const Rule kPolicyLoosenedRule;
extern const Rule kSignInUnblockedRule;
extern const Rule kManyUsersRule;
extern const Rule kAdminOutsideHoursRule;
extern const Rule kGrantedByAppRule;
extern const Rule kRecentServicePrincipalRule;
extern const Rule kRareApplicationRule;
extern const Rule kOldAppWakesRule;
extern const Rule kRiskySignInRule;
extern const Rule kUnverifiedPublisherRule;
extern const Rule kDisabledByMicrosoftRule;
extern const Rule kConsentPhishingRule;
extern const Rule kAllowedAppRule;

/// In the order in which signals of one level are shown; later rules may look at what earlier ones
/// found.
inline constexpr const Rule* kRules[]{
    &kPermissionTierRule,      &kTenantWideRule,
    &kDataOfflineRule,         &kPhishFamilyRule,
    &kLookalikeNameRule,       &kOddNameRule,
    &kOddReplyUrlRule,         &kListedAppRule,
    &kFirstPartyRule,          &kApprovedDespiteWarningRule,
    &kFailedAttemptRule,       &kHiddenAppRolesRule,
    &kBareConsentRule,         &kCredentialAddedRule,
    &kPolicyLoosenedRule,      &kSignInUnblockedRule,
    &kManyUsersRule,           &kAdminOutsideHoursRule,
    &kGrantedByAppRule,        &kRecentServicePrincipalRule,
    &kRareApplicationRule,     &kOldAppWakesRule,
    &kRiskySignInRule,         &kUnverifiedPublisherRule,
    &kDisabledByMicrosoftRule, &kConsentPhishingRule,
    &kAllowedAppRule,
};

/// The first few of a list of names, and how many more there are.
class NameList {
 public:
  void add(std::string_view name);
  bool empty() const { return names_.empty(); }
  std::string text() const;

 private:
  std::vector<std::string_view> names_;
};

/// Each place once, at most a handful.
void add_evidence(Signal& signal, const std::string& place);
/// All that the subject was read from.
void add_places(Signal& signal, const Subject& subject);
/// In quotes, controls escaped, cut where it is long.
std::string shown(std::string_view text);
/// Microsoft's own, by id or by owner.
bool is_first_party(const Subject& subject);

}  // namespace quarry::consent_audit
