#include "tools/consent-audit/audit/interpret.h"

#include "common/base/text.h"
#include "common/time/parse.h"
#include "tools/consent-audit/audit/text/grant_text.h"

#include <algorithm>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kServicePrincipal = "ServicePrincipal";
constexpr std::string_view kNamesOfTarget = "TargetId.ServicePrincipalNames";
constexpr std::string_view kUpdatedProperties = "Included Updated Properties";
constexpr std::string_view kZeroGuid = "00000000-0000-0000-0000-000000000000";

std::optional<bool> flag_of(std::string_view text) {
  text = text::trim_ascii(text);
  if (text::iequals_ascii(text, "true")) return true;
  if (text::iequals_ascii(text, "false")) return false;
  return std::nullopt;
}

/// The application id of what the row is about: newer rows tell it, older ones hide it in names.
std::string app_id_of_target(const Body& body) {
  if (!body.detail_app_id.empty()) return text::lower_ascii(body.detail_app_id);
  std::string id = first_guid(body.after(kNamesOfTarget), ';');
  return id.empty() ? body.target_app_id : id;
}

void set_target(AuditRow& row, Body& body) {
  row.app_id = app_id_of_target(body);
  row.app_name = std::move(body.target_name);
  if (body.target_kind == kServicePrincipal) row.sp_id = std::move(body.target_id);
}

/// The row's target is the API; the client stands among the properties.
void set_client_and_resource(AuditRow& row, Body& body) {
  row.resource_app_id = app_id_of_target(body);
  row.resource_name = std::move(body.target_name);
  if (!body.target_id.empty()) row.resource_ids = {std::move(body.target_id)};
  row.sp_id = body.after("ServicePrincipal.ObjectID");
  row.app_id = text::lower_ascii(body.after("ServicePrincipal.AppId"));
  row.app_name = body.after("ServicePrincipal.DisplayName");
}

bool same_grant(const Grant& a, const Grant& b) {
  return a.resource_id == b.resource_id && a.principal_id == b.principal_id &&
         a.consent_type == b.consent_type;
}

std::vector<std::string> scopes_of(const std::vector<Grant>& grants, const Grant& like) {
  std::vector<std::string> scopes;
  for (const Grant& grant : grants)
    if (same_grant(grant, like))
      scopes.insert(scopes.end(), grant.scopes.begin(), grant.scopes.end());
  make_set(scopes);
  return scopes;
}

/// Names of `from` that the grant of the same API, user and reach in `other` lacks.
std::vector<std::string> difference(const std::vector<Grant>& from,
                                    const std::vector<Grant>& other) {
  std::vector<std::string> names;
  for (const Grant& grant : from) {
    std::vector<std::string> scopes = grant.scopes;
    make_set(scopes);
    for (std::string& name : minus(scopes, scopes_of(other, grant)))
      names.push_back(std::move(name));
  }
  make_set(names);
  return names;
}

void read_grants(AuditRow& row, std::string_view value) {
  GrantChange change = parse_grant_change(value);
  row.truncated = change.truncated;
  for (const Grant& grant : change.after) {
    row.scopes.insert(row.scopes.end(), grant.scopes.begin(), grant.scopes.end());
    if (!grant.consent_type.empty()) row.consent_types.push_back(grant.consent_type);
    if (!grant.resource_id.empty()) row.resource_ids.push_back(grant.resource_id);
  }
  row.added_scopes = difference(change.after, change.before);
  row.removed_scopes = difference(change.before, change.after);
  row.grants = std::move(change.after);
  make_set(row.scopes);
  make_set(row.consent_types);
  make_set(row.resource_ids);
}

/// Addresses of scopes as they were written: interpretation keeps their names only.
void keep_raw_scopes(AuditRow& row, std::string_view value) {
  if (value.find("://") == std::string_view::npos) return;
  for (std::size_t at = value.find("Scope:"); at != std::string_view::npos;
       at = value.find("Scope:", at + 1)) {
    std::vector<std::string> names;
    const std::string_view rest = value.substr(at + 6);
    split_scopes(rest.substr(0, rest.find_first_of(",]")), names, row.raw_scopes);
    if (row.raw_scopes.size() > kMaxScopes) break;
  }
  make_set(row.raw_scopes);
}

void read_consent(AuditRow& row, Body& body) {
  const bool tells = body.find("ConsentContext.IsAdminConsent") != nullptr ||
                     body.find("ConsentAction.Permissions") != nullptr;
  set_target(row, body);
  row.admin = flag_of(body.after("ConsentContext.IsAdminConsent"));
  row.app_only = flag_of(body.after("ConsentContext.IsAppOnly"));
  row.on_behalf_of_all = flag_of(body.after("ConsentContext.OnBehalfOfAll"));
  row.blocked_reason = body.after("ConsentAction.Reason");
  const std::string_view permissions = body.after("ConsentAction.Permissions");
  read_grants(row, permissions);
  // Blocked before it came into being: the grant names a client that never was.
  if (body.target_kind.empty() && !row.grants.empty()) row.sp_id = row.grants.front().client_id;
  keep_raw_scopes(row, permissions);
  row.incomplete = !tells;
}

void read_delegated_grant(AuditRow& row, Body& body) {
  set_client_and_resource(row, body);
  const Property* const scope = body.find("DelegatedPermissionGrant.Scope");
  row.incomplete = scope == nullptr;
  if (scope != nullptr) {
    std::vector<std::string> before;
    row.truncated = !split_scopes(scope->after, row.scopes, row.raw_scopes) ||
                    !split_scopes(scope->before, before, row.raw_scopes);
    make_set(row.scopes);
    make_set(before);
    make_set(row.raw_scopes);
    row.added_scopes = minus(row.scopes, before);
    row.removed_scopes = minus(before, row.scopes);
  }
  const Property* const type = body.find("DelegatedPermissionGrant.ConsentType");
  if (type == nullptr) return;
  const std::string& name = type->after.empty() ? type->before : type->after;
  if (name.empty()) return;
  row.consent_types = {name};
  row.on_behalf_of_all = text::iequals_ascii(name, "AllPrincipals");
}

void read_app_role(AuditRow& row, Body& body) {
  set_client_and_resource(row, body);
  row.on_behalf_of_all = true;
  const auto value_of = [&body](std::string_view name) {
    const Property* const property = body.find(name);
    if (property == nullptr) return std::string();
    return property->after.empty() ? property->before : property->after;
  };
  AppRole role{.id = value_of("AppRole.Id"), .value = value_of("AppRole.Value")};
  row.incomplete = role.id.empty() && role.value.empty();
  if (!row.incomplete && role.id != kZeroGuid) row.roles.push_back(std::move(role));
}

/// The addresses in [{"Address":"https://…",…}].
void read_reply_urls(AuditRow& row, std::string_view json) {
  ArrayCursor cursor{DynamicView(json)};
  for (DynamicView item; cursor.next(item);) {
    std::string url = text_of(item.member("Address"));
    if (!url.empty() && row.reply_urls.size() < kMaxScopes)
      row.reply_urls.push_back(std::move(url));
  }
}

void read_changes(AuditRow& row, Body& body) {
  for (Property& property : body.properties) {
    if (property.name == kUpdatedProperties || property.name == kNamesOfTarget) continue;
    row.changes.push_back(
        {std::move(property.name), std::move(property.before), std::move(property.after)});
  }
}

void read_service_principal(AuditRow& row, Body& body) {
  set_target(row, body);
  const std::string principal =
      first_guid(text_of(DynamicView(body.after("AppPrincipalId")).element(0)), ';');
  if (!principal.empty()) row.app_id = principal;
  read_reply_urls(row, body.after("AppAddress"));
  if (row.kind == Kind::kSpUpdated) read_changes(row, body);
}

void read_credential(AuditRow& row, Body& body) {
  const bool service_principal = body.target_kind == kServicePrincipal;
  row.app_name = std::move(body.target_name);
  row.app_id = text::lower_ascii(body.detail_app_id);
  if (service_principal) {
    if (row.app_id.empty()) row.app_id = body.target_app_id;
    row.sp_id = std::move(body.target_id);
  }
  if (const Property* const keys = body.find("KeyDescription"))
    row.changes.push_back({keys->name, keys->before, keys->after});
}

void set_actor(AuditRow& row, Body& body) {
  row.by_app = body.by_app;
  if (!body.by_app) {
    row.user = std::move(body.actor_upn);
    row.user_id = std::move(body.actor_id);
    row.actor = row.user.empty() ? row.user_id : row.user;
  } else {
    row.actor = body.actor_name.empty() ? std::move(body.actor_id) : std::move(body.actor_name);
  }
}

void read_kind(AuditRow& row, Body& body) {
  switch (row.kind) {
    case Kind::kConsent:
      return read_consent(row, body);
    case Kind::kDelegatedGrant:
    case Kind::kDelegatedGrantChange:
      return read_delegated_grant(row, body);
    case Kind::kAppRoleGrant:
    case Kind::kAppRoleRemoved:
      return read_app_role(row, body);
    case Kind::kUserAssignment:
    case Kind::kUserAssignmentRemoved:
      row.subject = body.after("User.UPN");
      return set_target(row, body);
    case Kind::kSpCreated:
    case Kind::kSpUpdated:
    case Kind::kSpRemoved:
      return read_service_principal(row, body);
    case Kind::kCredential:
      return read_credential(row, body);
    case Kind::kPolicyChange:
      return read_changes(row, body);
    case Kind::kOther:
    case Kind::kAppCreated:
    case Kind::kAppUpdated:
    case Kind::kAppRemoved:
    case Kind::kOwnerAdded:
    case Kind::kSignIn:
      return;
  }
}

}  // namespace

AuditRow interpret(Shape shape, std::string_view operation, Body&& body) {
  AuditRow row;
  row.shape = shape;
  row.operation = operation;
  row.kind = kind_of_operation(operation);
  row.time = parse_datetime(body.time);
  row.success = body.result.empty() || text::iequals_ascii(body.result, "success") ||
                text::iequals_ascii(body.result, "succeeded") ||
                text::iequals_ascii(body.result, "true");
  row.row_id = std::move(body.row_id);
  row.correlation_id = std::move(body.correlation_id);
  row.ip = std::move(body.ip);
  row.user_agent = std::move(body.user_agent);
  row.failure = body.after("MethodExecutionResult.");
  if (row.failure.empty() && !row.success) row.failure = std::move(body.reason);
  set_actor(row, body);
  read_kind(row, body);
  return row;
}

}  // namespace quarry::consent_audit
