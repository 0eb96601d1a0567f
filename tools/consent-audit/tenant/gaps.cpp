#include "tools/consent-audit/tenant/gaps.h"

#include "tools/consent-audit/risk/consent_policy.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kExport = "consent-audit export DIR saves all of them";

/// What an extent cannot do without.
struct Needed {
  AnswerKind kind;
  bool for_settings;  // else for grants
  std::string_view name;
  std::string_view call;
  std::string_view tells;
};

constexpr Needed kNeeded[]{
    {AnswerKind::kAuthorizationPolicy, true, "authorization policy",
     "/policies/authorizationPolicy", "who may consent to what, who may register applications"},
    {AnswerKind::kAdminConsentPolicy, true, "admin consent policy",
     "/policies/adminConsentRequestPolicy", "whom users can ask for consent"},
    {AnswerKind::kConsentRequests, true, "consent requests",
     "/identityGovernance/appConsent/appConsentRequests", "which applications wait for approval"},
    {AnswerKind::kDirectorySettings, true, "directory settings", "beta /settings",
     "consent of group owners, the step-up for risky applications"},
    {AnswerKind::kServicePrincipals, false, "service principals", "/servicePrincipals",
     "names, publishers, owners, reply addresses and secrets of applications, and whether they may "
     "sign in"},
    {AnswerKind::kGrants, false, "delegated grants", "/oauth2PermissionGrants",
     "which delegated permissions applications hold, for whom"},
    {AnswerKind::kRoleAssignments, false, "app role assignments",
     "/servicePrincipals/ID/appRoleAssignedTo of each API",
     "which app roles applications hold, for the whole tenant"},
    {AnswerKind::kOrganization, false, "organization", "/organization",
     "which applications are of another tenant"},
};

void look_for_pages(const AnswerLedger& answers, const Needed& needed, std::vector<Gap>& gaps) {
  for (const AnswerPage& page : answers.unfollowed(needed.kind))
    gaps.push_back(
        {.what = fmt::format("goes on in a page that is not here (@odata.nextLink): {} "
                             "cannot be judged for the rest of the {}",
                             needed.tells, needed.name),
         .hint = "follow @odata.nextLink to its end and save every page; " + std::string(kExport),
         .source = page.source});
}

std::string name_in(const Tenant& tenant, const std::string& sp_id) {
  const ServicePrincipal* const principal = tenant.find(sp_id);
  return principal == nullptr || principal->name.empty() ? sp_id : principal->name;
}

/// APIs whose own walk over the holders of their roles is not there.
void look_for_holders(const Tenant& tenant, std::vector<Gap>& gaps) {
  std::vector<std::string> apis;
  for (const auto& [id, principal] : tenant.service_principals)
    if (!principal.roles.empty()) apis.push_back(id);
  std::vector<std::string> missing;
  for (const std::string& api : tenant.answers.without_holders(apis))
    missing.push_back(name_in(tenant, api));
  if (missing.empty()) return;
  NameList names;
  for (const std::string& name : missing) names.add(name);
  gaps.push_back({.what = fmt::format("no answer tells who holds app roles of {}: such "
                                      "applications cannot be judged",
                                      names.text()),
                  .hint = "save GET /servicePrincipals/ID/appRoleAssignedTo of each; " +
                          std::string(kExport)});
}

/// Applications that hold something and are not described, because a page is missing or they were
/// deleted meanwhile.
void look_for_principals(const Tenant& tenant, std::vector<Gap>& gaps) {
  std::set<std::string> unknown;
  const auto look_at = [&](const std::string& sp_id) {
    if (tenant.find(sp_id) == nullptr) unknown.insert(sp_id);
  };
  for (const auto& [id, grant] : tenant.grants) look_at(grant.client_id);
  for (const auto& [id, assignment] : tenant.assignments)
    if (assignment.principal_type == "ServicePrincipal") look_at(assignment.principal_id);
  if (unknown.empty()) return;
  NameList names;
  for (const std::string& sp_id : unknown) names.add(sp_id);
  gaps.push_back(
      {.what = fmt::format("no answer describes {}, which holds permissions: name, "
                           "publisher, owner and reply addresses cannot be judged",
                           names.text()),
       .hint = "save GET /servicePrincipals with all its pages; " + std::string(kExport)});
}

/// What a tenant's own consent policy lets through stands in an answer of its own.
void look_for_own_policies(const Tenant& tenant, std::vector<Gap>& gaps) {
  for (const SavedPolicy& policy : tenant.policies) {
    const ConsentChoice choice = read_choice(policy.assigned);
    if (choice.choice != UserConsent::kCustom) continue;
    for (const std::string& id : choice.policies) {
      const bool known = std::any_of(tenant.grant_policies.begin(), tenant.grant_policies.end(),
                                     [&id](const GrantPolicy& own) { return own.id == id; });
      if (!known)
        gaps.push_back(
            {.what = fmt::format("no answer holds the consent policy {}: what users may consent "
                                 "to cannot be judged",
                                 id),
             .hint = "save GET /policies/permissionGrantPolicies?$expand=includes,excludes; " +
                     std::string(kExport),
             .source = policy.source});
    }
  }
}

}  // namespace

std::vector<Gap> find_gaps(const Tenant& tenant, Extent extent) {
  std::vector<Gap> gaps;
  for (const Needed& needed : kNeeded) {
    const bool wanted =
        extent == Extent::kConsentPolicy
            ? needed.kind == AnswerKind::kAuthorizationPolicy
            : extent == Extent::kAll || (extent == Extent::kSettings) == needed.for_settings;
    if (!wanted) continue;
    if (!tenant.answers.has(needed.kind)) {
      gaps.push_back({.what = fmt::format("no answer holds the {}: {} cannot be judged",
                                          needed.name, needed.tells),
                      .hint = fmt::format("save GET {}; {}", needed.call, kExport)});
    } else {
      look_for_pages(tenant.answers, needed, gaps);
    }
  }
  if (extent == Extent::kSettings || extent == Extent::kAll) look_for_own_policies(tenant, gaps);
  if (extent == Extent::kSettings || extent == Extent::kConsentPolicy) return gaps;
  if (tenant.answers.has(AnswerKind::kServicePrincipals)) look_for_principals(tenant, gaps);
  if (tenant.answers.has(AnswerKind::kRoleAssignments)) look_for_holders(tenant, gaps);
  return gaps;
}

}  // namespace quarry::consent_audit
