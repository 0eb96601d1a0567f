// consent-audit whoami: as whom, and for which commands that is enough; too much is a danger of its
// own.
#include "common/auth/whoami.h"
#include "common/cli/result_output.h"
#include "tools/consent-audit/consent_audit_app.h"

namespace quarry::consent_audit {
namespace {

using auth::Service;

constexpr std::string_view kPolicies[]{"Policy.Read.All"};
constexpr std::string_view kDirectory[]{"Directory.Read.All"};
constexpr std::string_view kApplications[]{"Application.Read.All", "Application.ReadWrite.All",
                                           "Directory.Read.All"};
constexpr std::string_view kBlock[]{"Application.ReadWrite.All"};
constexpr std::string_view kGrants[]{"DelegatedPermissionGrant.ReadWrite.All"};
constexpr std::string_view kRoles[]{"AppRoleAssignment.ReadWrite.All"};
constexpr std::string_view kSessions[]{"User.RevokeSessions.All"};
constexpr std::string_view kSettings[]{"Policy.ReadWrite.Authorization"};

constexpr auth::Need kNeeds[]{
    {"settings", Service::kGraph, kPolicies},
    {"grants", Service::kGraph, kDirectory},
    {"export", Service::kGraph, kApplications},
    {"respond: block", Service::kGraph, kBlock},
    {"respond: grants", Service::kGraph, kGrants},
    {"respond: app roles", Service::kGraph, kRoles},
    {"respond: sessions", Service::kGraph, kSessions},
    {"respond: user consent", Service::kGraph, kSettings},
};

}  // namespace

Result<int> whoami_command(cli::Invocation& invocation) {
  const auth::WhoAmIAnswer answer =
      auth::whoami(invocation.run_context(), kNeeds, invocation.format() == "table");
  for (const Error& error : answer.errors) invocation.diagnostics().add(error);
  QUARRY_CHECK(cli::show_text(invocation, answer.text));
  return answer.exit_status;
}

}  // namespace quarry::consent_audit
