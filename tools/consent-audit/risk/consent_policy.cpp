#include "tools/consent-audit/risk/consent_policy.h"

#include "common/base/text.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kForSelf = "managepermissiongrantsforself.";
constexpr std::string_view kForOwned = "managepermissiongrantsforownedresource.";

UserConsent choice_of(std::string_view policy) {
  if (policy == "microsoft-user-default-low") return UserConsent::kLow;
  if (policy == "microsoft-user-default-recommended") return UserConsent::kRecommended;
  if (policy == "microsoft-user-default-legacy") return UserConsent::kLegacy;
  return UserConsent::kCustom;
}

std::vector<std::string> texts_of(std::string_view json) {
  std::vector<std::string> texts;
  ArrayCursor cursor{DynamicView(json)};
  std::string scratch;
  for (DynamicView item; cursor.next(item);)
    if (const auto text = item.as_string(scratch)) texts.emplace_back(*text);
  return texts;
}

bool is_true(std::string_view value) {
  return text::lower_ascii(value).find("true") != std::string::npos;
}

}  // namespace

ConsentChoice read_choice(const std::vector<std::string>& assigned) {
  ConsentChoice result;
  for (const std::string& entry : assigned) {
    std::string policy = text::lower_ascii(entry);
    if (policy.starts_with(kForOwned)) continue;
    const bool prefixed = policy.starts_with(kForSelf);
    if (prefixed) policy.erase(0, kForSelf.size());
    if (policy == "microsoft-user-default-allow-consent-apps" ||
        policy == "microsoft-user-allow-default-consent-apps") {
      result.mail_clients = true;
      continue;
    }
    result.choice = std::max(result.choice, choice_of(policy));
    result.policies.push_back(entry.substr(prefixed ? kForSelf.size() : 0));
  }
  return result;
}

std::string describe_loosening(const std::vector<PolicyChange>& changes) {
  std::string text;
  for (const PolicyChange& change : changes) {
    if (change.name == "AllowUserConsentForRiskyApps") {
      if (is_true(change.before) || !is_true(change.after)) continue;
      text += text.empty() ? "" : "; ";
      text += "users may consent to applications found risky";
    } else if (change.name == "PermissionGrantPolicyIdsAssignedToDefaultUserRole") {
      const ConsentChoice before = read_choice(texts_of(change.before));
      const ConsentChoice after = read_choice(texts_of(change.after));
      if (after.choice <= before.choice) continue;
      text += text.empty() ? "" : "; ";
      text += fmt::format("users may consent by {}", fmt::join(after.policies, ", "));
    }
  }
  return text;
}

}  // namespace quarry::consent_audit
