// lr machines: the tenant's devices as rows; lr whoami.
#include "common/auth/connect.h"
#include "common/services/live_response/machine.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/permissions.h"
#include "tools/lr/targets/targets.h"

#include <string>
#include <vector>

namespace quarry::lr {
namespace {

constexpr std::array<RecordColumn, 16> kMachineColumns{{
    {"DeviceId"},
    {"DeviceName"},
    {"LastSeen"},
    {"OSPlatform"},
    {"OSVersion"},
    {"OSBuild", Type::kString, Shown::kInFiles},
    {"LastIpAddress"},
    {"LastExternalIpAddress", Type::kString, Shown::kInFiles},
    {"HealthStatus"},
    {"OnboardingStatus"},
    {"MachineGroup", Type::kString, Shown::kInFiles},
    {"RiskScore", Type::kString, Shown::kInFiles},
    {"ExposureLevel", Type::kString, Shown::kInFiles},
    {"AadDeviceId", Type::kString, Shown::kInFiles},
    {"MachineTags", Type::kDynamic},
    {"IpAddresses", Type::kDynamic, Shown::kInFiles},
}};

Result<std::vector<Machine>> asked_machines(cli::Invocation& invocation, net::Http& http,
                                            const Api& api) {
  const std::vector<std::string>& tags = invocation.list("tag");
  if (tags.empty()) return list_machines(http, api, invocation.text("filter"));
  std::vector<Machine> machines;
  for (const std::string& tag : tags) {
    QUARRY_TRY(std::vector<Machine> some, machines_with_tag(http, api, tag));
    machines.insert(machines.end(), some.begin(), some.end());
  }
  return machines;
}

}  // namespace

Result<int> machines_command(cli::Invocation& invocation) {
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint mde, session->need(auth::Service::kMde));
  const Api api(mde.url, mde.scope);
  QUARRY_TRY(const std::vector<Machine> machines, asked_machines(invocation, session->http(), api));
  std::vector<std::string> records;
  for (const Machine& machine : machines) records.push_back(to_json(machine));
  return show_records(invocation, kMachineColumns, records);
}

Result<int> whoami_command(cli::Invocation& invocation) {
  const std::string format = invocation.format();
  const auth::WhoAmIAnswer answer =
      auth::whoami(invocation.run_context(), kNeeds, format != "ndjson" && format != "json");
  QUARRY_CHECK(cli::show_text(invocation, answer.text));
  for (const Error& error : answer.errors) invocation.diagnostics().add(error);
  return answer.exit_status;
}

}  // namespace quarry::lr
