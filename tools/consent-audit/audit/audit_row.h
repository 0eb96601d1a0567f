// One row of an audit log, whatever shape it came in.
#pragma once

#include "common/time/ticks.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// The envelope it came in.
enum class Shape : std::uint8_t {
  kGraph,           // auditLogs/directoryAudits
  kDiagnostic,      // Azure Monitor: event hub, storage account
  kLogAnalytics,    // Sentinel's AuditLogs
  kUnified,         // Management Activity API, AuditData
  kPowerShell,      // Search-UnifiedAuditLog
  kGraphQuery,      // security/auditLog/queries
  kCloudAppEvents,  // Defender
};
std::string_view name_of(Shape shape);

/// What the operation is to us.
enum class Kind : std::uint8_t {
  kOther,
  kConsent,
  kDelegatedGrant,
  kDelegatedGrantChange,  // says Remove, and may add
  kAppRoleGrant,
  kAppRoleRemoved,
  kUserAssignment,
  kUserAssignmentRemoved,
  kSpCreated,
  kSpUpdated,
  kSpRemoved,
  kCredential,
  kAppCreated,
  kAppUpdated,
  kAppRemoved,
  kOwnerAdded,
  kPolicyChange,
  kSignIn,  // of a sign-in log, not of an audit log
};
/// "delegated_grant".
std::string_view name_of(Kind kind);
/// By the operation's name in any case, with or without the full stop and blanks at its end.
Kind kind_of_operation(std::string_view operation);

/// Whether rows of the kind can become part of a finding.
bool matters(Kind kind);

/// A delegated grant as consent rows write it.
struct Grant {
  std::string id;
  std::string client_id;     // of the service principal; "" unknown
  std::string principal_id;  // "" for all users
  std::string resource_id;
  std::string consent_type;  // "Principal", "AllPrincipals"; "" where not even the id tells
  std::vector<std::string> scopes;
};

struct AppRole {
  std::string id;
  std::string value;  // "" for the default role
};

struct Change {
  std::string name;
  std::string before;  // as written
  std::string after;
};

/// Empty texts are unknown. Lists of names are sorted and hold each name once.
struct AuditRow {
  Shape shape = Shape::kGraph;
  Kind kind = Kind::kOther;
  bool success = true;
  bool by_app = false;      // the actor is an application
  bool truncated = false;   // a value was cut off; what could be read is here
  bool incomplete = false;  // what such a row always carries is missing
  std::optional<bool> admin;
  std::optional<bool> on_behalf_of_all;  // tenant-wide
  std::optional<bool> app_only;
  std::optional<Datetime> time;
  std::string operation;
  std::string row_id;
  std::string correlation_id;
  std::string app_id;
  std::string app_name;
  std::string sp_id;
  std::string user;     // the person who acted
  std::string user_id;  // its object id
  std::string actor;    // person or application
  std::string subject;  // the person acted upon
  std::string ip;
  std::string user_agent;
  std::string blocked_reason;
  std::string failure;
  std::string resource_app_id;
  std::string resource_name;
  std::string sign_in_risk;   // "medium", "high"; of sign-ins only
  std::vector<Grant> grants;  // right-hand side of a consent
  std::vector<std::string> scopes;
  std::vector<std::string> added_scopes;
  std::vector<std::string> removed_scopes;
  std::vector<std::string> raw_scopes;  // where they were written as addresses
  std::vector<std::string> consent_types;
  std::vector<std::string> resource_ids;
  std::vector<std::string> reply_urls;
  std::vector<AppRole> roles;
  std::vector<Change> changes;
};

}  // namespace quarry::consent_audit
