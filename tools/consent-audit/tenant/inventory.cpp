#include "tools/consent-audit/tenant/inventory.h"

#include "tools/consent-audit/audit/text/grant_text.h"
#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/risk/consent_policy.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kDefaultRole = "00000000-0000-0000-0000-000000000000";

std::string api_of(const Tenant& tenant, const std::string& resource_id) {
  const ServicePrincipal* const resource = tenant.find(resource_id);
  return resource == nullptr ? std::string() : resource->app_id;
}

bool lets_mail_clients(const Tenant& tenant) {
  return std::any_of(tenant.policies.begin(), tenant.policies.end(), [](const SavedPolicy& policy) {
    return read_choice(policy.assigned).mail_clients;
  });
}

TenantFacts facts_of(const Tenant& tenant, const ServicePrincipal& principal, std::size_t users) {
  const bool microsoft = is_microsoft_tenant(principal.owner_tenant);
  const bool own = !tenant.id.empty() && principal.owner_tenant == tenant.id;
  const RogueApp* const listed = find_rogue(principal.app_id);
  return {.own = own,
          .of_microsoft = microsoft,
          .foreign = !principal.owner_tenant.empty() && !tenant.id.empty() && !own && !microsoft,
          .has_publisher = !principal.publisher_id.empty(),
          .publisher = principal.publisher,
          .managed_identity = principal.type == "ManagedIdentity",
          .disabled_by_microsoft = principal.disabled_by_microsoft.starts_with("DisabledDueTo"),
          .enabled = principal.enabled,
          .allowed_mail_client =
              listed != nullptr && listed->category == "mail-client" && lets_mail_clients(tenant),
          .created = principal.created,
          .credentials = principal.credentials,
          .users_with_grants = users,
          .evidence = "servicePrincipals/" + principal.id};
}

void add_scopes(const Tenant& tenant, const OAuthGrant& grant, const RiskSettings& settings,
                Subject& subject) {
  std::vector<std::string> names;
  std::vector<std::string> raw;
  split_scopes(grant.scope, names, raw);
  const std::string api = api_of(tenant, grant.resource_id);
  for (std::string& name : names) {
    Judgement judgement = settings.book.judge(api, PermissionType::kDelegated, name);
    subject.permissions.push_back({.value = std::move(name),
                                   .type = PermissionType::kDelegated,
                                   .judgement = judgement,
                                   .tenant_wide = grant.for_all(),
                                   .evidence = "oauth2PermissionGrants/" + grant.id});
  }
}

void judge_app(const Tenant& tenant, const RiskSettings& settings, TenantApp& app) {
  Subject subject;
  std::set<std::string> users;
  std::set<std::string> givers;
  for (const OAuthGrant* const grant : app.grants) {
    add_scopes(tenant, *grant, settings, subject);
    app.tenant_wide |= grant->for_all();
    if (grant->principal_id.empty()) continue;
    users.insert(tenant.user_name(grant->principal_id));
    givers.insert(grant->principal_id);
  }
  for (const HeldPermission& held : subject.permissions) app.scopes.push_back(held.value);
  for (const RoleAssignment* const role : app.roles) {
    std::string name = tenant.role_name(*role);
    Judgement judgement = settings.book.judge(api_of(tenant, role->resource_id),
                                              PermissionType::kApplication, name, role->role_id);
    app.app_roles.push_back(name);
    subject.permissions.push_back({.value = std::move(name),
                                   .type = PermissionType::kApplication,
                                   .judgement = judgement,
                                   .tenant_wide = true,
                                   .evidence = "appRoleAssignments/" + role->id,
                                   .since = role->created});
  }
  for (const RoleAssignment* const assignment : app.assignments)
    if (assignment->principal_type == "User")
      users.insert(tenant.user_name(assignment->principal_id));
  make_set(app.scopes);
  make_set(app.app_roles);
  app.users.assign(users.begin(), users.end());
  subject.granted = !subject.permissions.empty();
  subject.tenant_wide = app.tenant_wide;
  if (app.principal != nullptr) {
    subject.app_id = app.principal->app_id;
    subject.app_name = app.principal->name;
    subject.reply_urls = app.principal->reply_urls;
    subject.tenant = facts_of(tenant, *app.principal, givers.size());
    subject.places = {subject.tenant->evidence};
  }
  app.verdict = judge(subject, settings);
}

}  // namespace

TenantApp look_at(const Tenant& tenant, const std::string& sp_id, const RiskSettings& settings) {
  TenantApp app;
  app.principal = tenant.find(sp_id);
  app.sp_id = sp_id;
  for (const auto& [id, grant] : tenant.grants)
    if (grant.client_id == sp_id) app.grants.push_back(&grant);
  for (const auto& [id, assignment] : tenant.assignments) {
    const bool default_role = assignment.role_id == kDefaultRole;
    if (assignment.principal_id == sp_id && !default_role) app.roles.push_back(&assignment);
    if (assignment.resource_id == sp_id && assignment.principal_type != "ServicePrincipal")
      app.assignments.push_back(&assignment);
  }
  judge_app(tenant, settings, app);
  return app;
}

std::vector<TenantApp> take_inventory(const Tenant& tenant, const RiskSettings& settings) {
  std::map<std::string, TenantApp> apps;
  const auto app_of = [&](const std::string& sp_id) -> TenantApp& {
    TenantApp& app = apps[sp_id];
    app.sp_id = sp_id;
    app.principal = tenant.find(sp_id);
    return app;
  };
  for (const auto& [id, grant] : tenant.grants) app_of(grant.client_id).grants.push_back(&grant);
  for (const auto& [id, assignment] : tenant.assignments) {
    if (assignment.principal_type == "ServicePrincipal" && assignment.role_id != kDefaultRole)
      app_of(assignment.principal_id).roles.push_back(&assignment);
  }
  for (const auto& [id, principal] : tenant.service_principals)
    if (!principal.disabled_by_microsoft.empty() &&
        principal.disabled_by_microsoft != "NotDisabled")
      app_of(id);
  for (const auto& [id, assignment] : tenant.assignments) {
    const auto found = apps.find(assignment.resource_id);
    if (found != apps.end() && assignment.principal_type != "ServicePrincipal")
      found->second.assignments.push_back(&assignment);
  }
  std::vector<TenantApp> sorted;
  for (auto& [id, app] : apps) {
    judge_app(tenant, settings, app);
    sorted.push_back(std::move(app));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const TenantApp& a, const TenantApp& b) {
    return a.verdict.score > b.verdict.score;
  });
  return sorted;
}

}  // namespace quarry::consent_audit
