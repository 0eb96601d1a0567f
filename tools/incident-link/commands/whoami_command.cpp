// incident-link whoami: what the credential is enough for.
#include "common/auth/whoami.h"
#include "common/cli/result_output.h"
#include "tools/incident-link/incident_link_app.h"

namespace quarry::incident_link {
namespace {

using Names = std::string_view;
constexpr Names kCreate[]{"SecurityAlert.Create.All"};
constexpr Names kReference[]{"Alert.ReadWrite.All", "Alert.ReadWrite"};
constexpr Names kMove[]{"SecurityData.Manage.All"};
constexpr Names kRead[]{"SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"};
constexpr Names kEdit[]{"SecurityIncident.ReadWrite.All"};

constexpr auth::Need kNeeds[]{
    {"link", auth::Service::kGraph, kCreate},
    {"link (reading incidents)", auth::Service::kGraph, kRead},
    {"link --via reference", auth::Service::kMde, kReference},
    {"link --via reference (moving)", auth::Service::kGraph, kMove},
    {"link --via comment", auth::Service::kGraph, kEdit},
    {"note, status, assign, close --to", auth::Service::kGraph, kEdit},
    {"link --to sentinel", auth::Service::kArm, {}},
};

}  // namespace

Result<int> whoami_command(cli::Invocation& invocation) {
  const auth::WhoAmIAnswer answer =
      auth::whoami(invocation.run_context(), kNeeds, invocation.format() == "table");
  QUARRY_CHECK(cli::show_text(invocation, answer.text));
  for (const Error& error : answer.errors) invocation.diagnostics().add(error);
  return answer.exit_status;
}

}  // namespace quarry::incident_link
