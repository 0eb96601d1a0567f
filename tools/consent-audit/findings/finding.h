// What one human action came to: the row that consent-audit prints.
#pragma once

#include "common/time/ticks.h"
#include "tools/consent-audit/risk/rule.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// Empty texts are unknown.
struct Finding {
  std::string id;         // short and stable: the same action has the same one in every run
  std::string_view kind;  // "consent", "grant", "app_role", "credential", …
  std::optional<Datetime> time;
  bool success = false;
  bool granted = false;  // something was added
  std::optional<bool> tenant_wide;
  bool admin = false;
  bool by_app = false;
  bool truncated = false;
  std::string app_id;
  std::string app_name;
  std::string sp_id;
  std::string user;
  std::string actor;
  std::string ip;
  std::string user_agent;
  std::string blocked_reason;
  std::string failure;
  std::string correlation_id;
  std::string_view source;  // shape of the row it was mainly read from
  std::vector<std::string> added_scopes;
  std::vector<std::string> removed_scopes;
  std::vector<std::string> app_roles;
  std::vector<std::string> resources;  // application ids of APIs where known, else object ids
  std::vector<std::string> reply_urls;
  std::vector<std::string> assigned_users;
  std::vector<std::string> rows;  // FILE:LINE
  Verdict verdict;
};

}  // namespace quarry::consent_audit
