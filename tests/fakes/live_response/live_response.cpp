#include "tests/fakes/live_response/live_response.h"

namespace quarry::fakes {

LiveResponse::LiveResponse(Cloud& cloud, const LiveResponseOptions& options)
    : cloud_(cloud),
      options_(options),
      devices_(make_devices(options.devices)),
      start_(cloud.clock().wall()),
      library_{{"triage.ps1", "Write-Output triage\n"}, {"collector.exe", "MZ collector"}} {
  for (const std::string& behaviour : options.behaviours) set_behaviour(devices_, behaviour);
  add_machine_routes();
  add_action_routes();
  add_library_routes();
  add_storage_routes();
}

Rule LiveResponse::rule(std::vector<std::string> permissions, const net::ApiLimit& limit) const {
  return {.credentials = Credentials::kToken,
          .audience = kAudience,
          .permissions = std::move(permissions),
          .limit = &limit};
}

}  // namespace quarry::fakes
