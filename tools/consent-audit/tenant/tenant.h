// A tenant as far as its answers tell: applications, what they hold, who may consent.
#pragma once

#include "common/time/ticks.h"
#include "tools/consent-audit/risk/subject.h"
#include "tools/consent-audit/tenant/answer_ledger.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::consent_audit {

/// Empty texts are unknown or null.
struct ServicePrincipal {
  std::string id;
  std::string app_id;
  std::string name;
  std::string owner_tenant;
  std::string type;  // "Application", "ManagedIdentity"
  std::string publisher_id;
  std::string publisher;
  std::string disabled_by_microsoft;  // "DisabledDueToViolationOfServicesAgreement"
  std::string notes;
  bool enabled = true;
  bool assignment_required = false;
  std::optional<Datetime> created;
  std::vector<std::string> reply_urls;
  std::vector<std::string> tags;
  std::vector<Credential> credentials;
  std::vector<std::pair<std::string, std::string>> roles;  // id and name of those it offers
};

struct OAuthGrant {
  std::string id;
  std::string client_id;
  std::string consent_type;
  std::string principal_id;  // "" for all users
  std::string resource_id;
  std::string scope;  // as written
  bool for_all() const { return consent_type == "AllPrincipals"; }
};

struct RoleAssignment {
  std::string id;
  std::string role_id;
  std::string principal_id;
  std::string principal_name;
  std::string principal_type;  // "User", "Group", "ServicePrincipal"
  std::string resource_id;
  std::string resource_name;
  std::optional<Datetime> created;
};

struct TenantUser {
  std::string id;
  std::string name;  // user principal name
};

/// Answers about settings, each with the file or call it is from. A folder may hold several of a
/// kind: saved at different times.
struct SavedPolicy {
  std::string source;
  std::vector<std::string> assigned;  // policies of user consent
  std::optional<bool> may_register;   // users may register applications
  std::optional<bool> risky_allowed;  // users may consent to applications found risky
};
struct AdminConsentFlow {
  std::string source;
  bool enabled = false;
  std::size_t reviewers = 0;
  std::int64_t days = 0;
};
struct GrantPolicy {
  std::string source;
  std::string id;
  std::string includes;  // for people
  std::string excludes;
};
struct DirectorySetting {
  std::string source;
  std::string name;
  std::string value;
};
struct Classification {
  std::string source;
  std::string permission;
  std::string level;
};
struct PendingRequest {
  std::string source;
  std::string app_id;
  std::string app_name;
  std::vector<std::string> scopes;
};
struct RoleHolder {
  std::string source;
  std::string role;  // name
  std::string principal;
};

struct Tenant {
  std::string id;
  std::string name;
  std::map<std::string, ServicePrincipal> service_principals;  // by object id
  std::map<std::string, OAuthGrant> grants;                    // by id
  std::map<std::string, RoleAssignment> assignments;           // by id
  std::map<std::string, TenantUser> users;                     // by id

  std::vector<SavedPolicy> policies;
  std::vector<AdminConsentFlow> admin_flows;
  std::vector<GrantPolicy> grant_policies;
  std::vector<DirectorySetting> directory_settings;
  std::vector<Classification> classifications;
  std::vector<PendingRequest> requests;
  std::vector<RoleHolder> role_holders;

  AnswerLedger answers;                   // which were there, and how complete
  std::vector<std::string> unrecognised;  // sources of answers that were not; the first few
  Datetime newest{};                      // instant that is told of anything

  /// nullptr where unknown.
  const ServicePrincipal* find(const std::string& object_id) const;
  const ServicePrincipal* find_app(std::string_view app_id) const;
  /// The user principal name, else the id.
  std::string user_name(const std::string& user_id) const;
  /// The name of a role by the API that offers it, else by what is compiled in, else its id.
  std::string role_name(const RoleAssignment& assignment) const;
};

}  // namespace quarry::consent_audit
