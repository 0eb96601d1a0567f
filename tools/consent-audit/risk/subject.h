// What rules judge: one human action, one audit row, or one application of a tenant, as far as it
// is known.
#pragma once

#include "common/time/ticks.h"
#include "tools/consent-audit/facts/permissions.h"
#include "tools/consent-audit/risk/level.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// A permission that is held, was given, or was asked for.
struct HeldPermission {
  std::string value = {};
  PermissionType type = PermissionType::kDelegated;
  Judgement judgement;
  bool tenant_wide = false;
  std::string evidence = {};           // where it is written
  std::optional<Datetime> since = {};  // of app roles of a tenant
};

struct Credential {
  std::string name = {};
  std::string key_id = {};
  bool is_password = true;
  std::optional<Datetime> start = {};
  std::optional<Datetime> end = {};
  std::string evidence = {};
};

/// What only the tenant itself knows of an application.
struct TenantFacts {
  bool own = false;            // registered in this tenant
  bool of_microsoft = false;   // by its owner
  bool foreign = false;        // owned by another tenant that is not Microsoft's
  bool has_publisher = false;  // verified
  std::string publisher = {};
  bool managed_identity = false;
  bool disabled_by_microsoft = false;
  bool enabled = true;
  bool allowed_mail_client = false;  // the consent policy lets users give it mail
  std::optional<Datetime> created = {};
  std::vector<Credential> credentials = {};
  std::size_t users_with_grants = 0;
  std::string evidence = {};  // of the application itself
};

/// What other actions of the same application add to one.
struct AppHistory {
  std::size_t burst_users = 0;  // most users that consented within the window
  std::vector<std::string> burst_places = {};
  std::size_t users = 0;  // that consented, in all of the log
  std::optional<Datetime> first_consent = {};
  Datetime log_start{};
  std::optional<Datetime> created = {};  // of the service principal, where the log has it
  std::string created_place = {};
  std::vector<std::string> credentials_after =
      {};                             // places of keys and secrets added after consent
  bool credentials_by_other = false;  // by someone else than who consented
};

/// A session of the user, near the action, that the service found risky.
struct RiskySignIn {
  std::string risk;  // "medium", "high"
  std::string ip;
  std::string place;
  std::int64_t minutes = 0;  // before the action; negative: after it
};

struct PolicyChange {
  std::string name = {};
  std::string before = {};
  std::string after = {};
};

/// Empty texts are unknown.
struct Subject {
  std::string app_id = {};
  std::string app_name = {};
  std::string user = {};
  std::vector<std::string> places = {};  // of everything that follows, unless something is nearer
  std::vector<HeldPermission> permissions = {};
  std::optional<Datetime> time = {};

  bool granted = false;    // something was added, or is held now
  bool attempted = false;  // and failed
  bool tenant_wide = false;
  bool has_consent = false;  // a consent row is among them
  bool app_only = false;     // the consent was for app roles
  bool by_app = false;       // an application did it
  bool admin = false;
  std::string blocked_reason = {};  // the service's warning, heeded or not
  std::size_t hidden_roles = 0;     // app roles that the consent row does not tell

  std::vector<std::string> reply_urls = {};
  bool credential_added = false;
  bool sign_in_unblocked = false;
  std::vector<PolicyChange> policy_changes = {};

  std::optional<RiskySignIn> risky_sign_in = {};
  std::optional<AppHistory> history = {};
  std::optional<TenantFacts> tenant = {};
};

/// Mail, files, chats: what attackers are after.
bool is_data(Category category);
/// The highest tier among the permissions; kNone without any.
Level highest_tier(const std::vector<HeldPermission>& permissions);

}  // namespace quarry::consent_audit
