#include "common/base/text.h"
#include "tools/consent-audit/audit/audit_row.h"

namespace quarry::consent_audit {
namespace {

struct Operation {
  std::string_view name;  // lower case, without a full stop
  Kind kind;
};

/// The names as the service writes them today and wrote them before; the first letters decide most
/// look-ups, so the order does not matter.
constexpr Operation kOperations[]{
    {"consent to application", Kind::kConsent},
    {"add delegated permission grant", Kind::kDelegatedGrant},
    {"add oauth2permissiongrant", Kind::kDelegatedGrant},
    {"update delegated permission grant", Kind::kDelegatedGrantChange},
    {"remove delegated permission grant", Kind::kDelegatedGrantChange},
    {"remove oauth2permissiongrant", Kind::kDelegatedGrantChange},
    {"add app role assignment to service principal", Kind::kAppRoleGrant},
    {"remove app role assignment from service principal", Kind::kAppRoleRemoved},
    {"add app role assignment grant to user", Kind::kUserAssignment},
    {"add app role assignment to group", Kind::kUserAssignment},
    {"remove app role assignment from user", Kind::kUserAssignmentRemoved},
    {"remove app role assignment from group", Kind::kUserAssignmentRemoved},
    {"add service principal", Kind::kSpCreated},
    {"update service principal", Kind::kSpUpdated},
    {"remove service principal", Kind::kSpRemoved},
    {"hard delete service principal", Kind::kSpRemoved},
    {"add service principal credentials", Kind::kCredential},
    {"update application \xe2\x80\x93 certificates and secrets management", Kind::kCredential},
    {"update application - certificates and secrets management", Kind::kCredential},
    {"update service principal \xe2\x80\x93 certificates and secrets management",
     Kind::kCredential},
    {"add application", Kind::kAppCreated},
    {"update application", Kind::kAppUpdated},
    {"delete application", Kind::kAppRemoved},
    {"remove application", Kind::kAppRemoved},
    {"hard delete application", Kind::kAppRemoved},
    {"add owner to application", Kind::kOwnerAdded},
    {"add owner to service principal", Kind::kOwnerAdded},
    {"update authorization policy", Kind::kPolicyChange},
    {"create permission grant policy", Kind::kPolicyChange},
    {"update permission grant policy", Kind::kPolicyChange},
    {"delete permission grant policy", Kind::kPolicyChange},
};

constexpr std::array<std::string_view, 18> kKindNames{
    "other",          "consent",          "delegated_grant", "delegated_grant_change",
    "app_role_grant", "app_role_removed", "user_assignment", "user_assignment_removed",
    "sp_created",     "sp_updated",       "sp_removed",      "credential",
    "app_created",    "app_updated",      "app_removed",     "owner_added",
    "policy_change",  "sign_in"};

constexpr std::array<std::string_view, 7> kShapeNames{
    "graph",          "azure-diagnostic",    "loganalytics",  "ual",
    "ual-powershell", "graph-auditLogQuery", "cloudappevents"};

}  // namespace

std::string_view name_of(Shape shape) { return kShapeNames[static_cast<std::size_t>(shape)]; }
std::string_view name_of(Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

Kind kind_of_operation(std::string_view operation) {
  while (!operation.empty() && (operation.back() == '.' || text::is_ascii_space(operation.back())))
    operation.remove_suffix(1);
  while (!operation.empty() && text::is_ascii_space(operation.front())) operation.remove_prefix(1);
  for (const Operation& known : kOperations)
    if (text::iequals_ascii(known.name, operation)) return known.kind;
  return Kind::kOther;
}

bool matters(Kind kind) {
  switch (kind) {
    case Kind::kOther:
    case Kind::kAppCreated:
    case Kind::kAppUpdated:
    case Kind::kAppRemoved:
    case Kind::kOwnerAdded:
    case Kind::kSignIn:
      return false;
    default:
      return true;
  }
}

}  // namespace quarry::consent_audit
