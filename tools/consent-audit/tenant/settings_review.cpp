#include "tools/consent-audit/tenant/settings_review.h"

#include "common/base/text.h"
#include "tools/consent-audit/facts/permissions.h"
#include "tools/consent-audit/risk/consent_policy.h"
#include "tools/consent-audit/tenant/consent_roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kPatchPolicy =
    "PATCH /policies/authorizationPolicy, "
    "defaultUserRolePermissions.permissionGrantPoliciesAssigned: keep entries "
    "of ManagePermissionGrantsForOwnedResource, and set "
    "ManagePermissionGrantsForSelf.microsoft-user-default-low, or "
    "none. Portal: Enterprise applications, Consent and permissions, User consent settings. Or: "
    "consent-audit respond --user-consent low";

void describe_custom(const Tenant& tenant, const ConsentChoice& choice, SettingFinding& finding) {
  finding.value = fmt::format("custom policy {}", fmt::join(choice.policies, ", "));
  finding.standing = Standing::kReview;
  finding.risk = Level::kLow;
  for (const GrantPolicy& own : tenant.grant_policies)
    if (std::find(choice.policies.begin(), choice.policies.end(), own.id) != choice.policies.end())
      finding.finding += fmt::format("{} lets users consent to: {}; but not to: {}. ", own.id,
                                     own.includes, own.excludes);
  if (finding.finding.empty())
    finding.finding = "what the policy includes and excludes was not saved";
  finding.fix = "GET /policies/permissionGrantPolicies/ID/includes and excludes show it; " +
                std::string(kPatchPolicy);
}

SettingFinding user_consent(const Tenant& tenant, const SavedPolicy& policy) {
  const ConsentChoice choice = read_choice(policy.assigned);
  SettingFinding finding{
      .setting = "user_consent", .value = {}, .finding = {}, .fix = {}, .source = policy.source};
  switch (choice.choice) {
    case UserConsent::kOff:
      finding.value = "off";
      finding.finding = "users may not consent; administrators decide on requests";
      break;
    case UserConsent::kLow:
      finding.value = "verified-or-own-apps, low-impact permissions";
      finding.finding =
          "users may give applications of verified publishers, or of this tenant, what is "
          "classified as "
          "low impact";
      if (!tenant.answers.has(AnswerKind::kClassifications))
        finding.finding += "; what that is, no answer tells";
      break;
    case UserConsent::kRecommended:
      finding.value = "Microsoft-managed policy";
      finding.standing = Standing::kWarn;
      finding.risk = Level::kMedium;
      finding.finding =
          "Microsoft decides what users may consent to, and changes it: every permission that "
          "users may "
          "give, without mail, files, sites, calendars, chats, meetings, contacts, tasks and "
          "people; "
          "publishers need not be verified";
      finding.fix = kPatchPolicy;
      break;
    case UserConsent::kCustom:
      describe_custom(tenant, choice, finding);
      break;
    case UserConsent::kLegacy:
      finding.value = "any user-consentable permission, any app";
      finding.standing = Standing::kFail;
      finding.risk = Level::kHigh;
      finding.finding = "any user may give any application, of anybody, his mail and files";
      finding.fix = kPatchPolicy;
      break;
  }
  if (choice.mail_clients) {
    finding.value += " + mail-client exception";
    finding.finding += "; named mail clients may still be given mail";
  }
  return finding;
}

SettingFinding registration(const SavedPolicy& policy) {
  SettingFinding finding{.setting = "users_can_register_apps",
                         .value = "unknown",
                         .finding = {},
                         .fix = {},
                         .source = policy.source};
  if (!policy.may_register) return finding;
  finding.value = *policy.may_register ? "true" : "false";
  finding.finding = *policy.may_register
                        ? "any user may register applications here"
                        : "only administrators and developers may register applications";
  if (!*policy.may_register) return finding;
  finding.standing = Standing::kWarn;
  finding.risk = Level::kMedium;
  finding.fix =
      "PATCH /policies/authorizationPolicy, defaultUserRolePermissions.allowedToCreateApps false; "
      "give the role "
      "Application Developer to those who need it";
  return finding;
}

SettingFinding risky_apps(const SavedPolicy& policy) {
  SettingFinding finding{
      .setting = "risky_apps_allowed",
      .value = "unknown",
      .finding = "not told; the check for risky applications is on unless it was turned off",
      .fix = {},
      .source = policy.source};
  if (!policy.risky_allowed) return finding;
  finding.value = *policy.risky_allowed ? "true" : "false";
  finding.finding = *policy.risky_allowed
                        ? "consent to applications that Microsoft finds risky is not stepped up to "
                          "an administrator"
                        : "consent to applications found risky goes to an administrator";
  if (!*policy.risky_allowed) return finding;
  finding.standing = Standing::kFail;
  finding.risk = Level::kHigh;
  finding.fix = "PATCH /policies/authorizationPolicy, allowUserConsentForRiskyApps false";
  return finding;
}

void review_policy(const Tenant& tenant, const SavedPolicy& policy,
                   std::vector<SettingFinding>& all) {
  std::vector<SettingFinding> parts{user_consent(tenant, policy), registration(policy),
                                    risky_apps(policy)};
  SettingFinding overall{.setting = "overall",
                         .value = parts[0].value,
                         .finding = {},
                         .fix = {},
                         .source = policy.source};
  for (const SettingFinding& part : parts) {
    overall.standing = std::max(overall.standing, part.standing);
    overall.risk = std::max(overall.risk, part.risk);
    if (part.standing >= Standing::kReview)
      overall.finding += (overall.finding.empty() ? "" : "; ") + part.finding;
  }
  if (overall.finding.empty()) overall.finding = "as recommended";
  all.push_back(std::move(overall));
  std::move(parts.begin(), parts.end(), std::back_inserter(all));
}

void review_admin_flow(const AdminConsentFlow& flow, std::vector<SettingFinding>& all) {
  SettingFinding finding{.setting = "admin_consent_requests",
                         .value = flow.enabled ? "on" : "off",
                         .finding = {},
                         .fix = {},
                         .source = flow.source};
  constexpr std::string_view kFix =
      "PUT /policies/adminConsentRequestPolicy, isEnabled true, with reviewers. Portal: Enterprise "
      "applications, Consent and permissions, Admin consent settings";
  if (!flow.enabled) {
    finding.standing = Standing::kWarn;
    finding.risk = Level::kLow;
    finding.finding =
        "users whose consent is not enough have nobody to ask, and will look for ways around";
    finding.fix = kFix;
  } else if (flow.reviewers == 0) {
    finding.standing = Standing::kWarn;
    finding.risk = Level::kMedium;
    finding.finding = "requests go to nobody: there are no reviewers";
    finding.fix = kFix;
  } else {
    finding.finding =
        fmt::format("{} reviewers, requests stand for {} days", flow.reviewers, flow.days);
  }
  all.push_back(std::move(finding));
}

void review_directory_setting(const DirectorySetting& setting, std::vector<SettingFinding>& all) {
  const bool yes = text::iequals_ascii(setting.value, "true");
  if (setting.name == "BlockUserConsentForRiskyApps") {
    all.push_back({.setting = "block_risky_apps",
                   .value = setting.value,
                   .standing = yes ? Standing::kOk : Standing::kFail,
                   .risk = yes ? Level::kNone : Level::kHigh,
                   .finding = yes ? "consent to applications found risky is stepped up"
                                  : "users may consent to applications found risky",
                   .fix = yes ? "" : "PATCH beta /settings/ID, BlockUserConsentForRiskyApps true",
                   .source = setting.source});
  } else if (setting.name == "EnableGroupSpecificConsent") {
    all.push_back(
        {.setting = "group_owner_consent",
         .value = setting.value,
         .standing = yes ? Standing::kWarn : Standing::kOk,
         .risk = yes ? Level::kMedium : Level::kNone,
         .finding = yes ? "owners of groups may give applications the groups' content"
                        : "owners of groups may not give applications the groups' content",
         .fix = yes ? "PATCH beta /settings/ID, EnableGroupSpecificConsent false" : "",
         .source = setting.source});
  }
}

void review_classification(const Classification& classified, std::vector<SettingFinding>& all) {
  const Judgement judgement =
      PermissionBook().judge({}, PermissionType::kDelegated, classified.permission);
  const bool wrong =
      text::iequals_ascii(classified.level, "low") && judgement.tier >= Level::kMedium;
  all.push_back(
      {.setting = "classified_low",
       .value = classified.permission,
       .standing = wrong ? Standing::kWarn : Standing::kOk,
       .risk = wrong ? judgement.tier : Level::kNone,
       .finding = wrong ? fmt::format("users may give it by themselves, and it is {}",
                                      name_of(judgement.tier))
                        : "harmless enough for users to give",
       .fix = wrong ? "DELETE /servicePrincipals/ID/delegatedPermissionClassifications/ID" : "",
       .source = classified.source});
}

void review_request(const PendingRequest& request, std::vector<SettingFinding>& all) {
  Level worst = Level::kNone;
  for (const std::string& scope : request.scopes)
    worst = std::max(worst, PermissionBook().judge({}, PermissionType::kDelegated, scope).tier);
  all.push_back({.setting = "pending_request",
                 .value = request.app_name.empty() ? request.app_id : request.app_name,
                 .standing = Standing::kReview,
                 .risk = worst,
                 .finding = fmt::format("somebody asks an administrator for {}",
                                        fmt::join(request.scopes, ", ")),
                 .fix = "look at the application before anyone approves it; a request is not "
                        "harmless because it is one",
                 .source = request.source});
}

void review_role(const RoleHolder& holder, std::vector<SettingFinding>& all) {
  const std::span<const ConsentRole> roles = consent_roles();
  if (std::none_of(roles.begin(), roles.end(),
                   [&](const ConsentRole& role) { return role.name == holder.role; }))
    return;
  all.push_back({.setting = "may_consent_for_all",
                 .value = holder.principal,
                 .standing = Standing::kInfo,
                 .risk = Level::kNone,
                 .finding = "holds " + holder.role,
                 .fix = {},
                 .source = holder.source});
}

}  // namespace

std::string_view name_of(Standing standing) {
  constexpr std::array<std::string_view, 5> kNames{"ok", "info", "review", "warn", "fail"};
  return kNames[static_cast<std::size_t>(standing)];
}

std::vector<SettingFinding> review_settings(const Tenant& tenant) {
  std::vector<SettingFinding> all;
  for (const SavedPolicy& policy : tenant.policies) review_policy(tenant, policy, all);
  for (const AdminConsentFlow& flow : tenant.admin_flows) review_admin_flow(flow, all);
  for (const DirectorySetting& setting : tenant.directory_settings)
    review_directory_setting(setting, all);
  for (const Classification& classified : tenant.classifications)
    review_classification(classified, all);
  for (const PendingRequest& request : tenant.requests) review_request(request, all);
  for (const RoleHolder& holder : tenant.role_holders) review_role(holder, all);
  return all;
}

}  // namespace quarry::consent_audit
