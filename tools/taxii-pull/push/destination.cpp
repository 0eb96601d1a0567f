#include "tools/taxii-pull/push/destination.h"

#include "common/auth/connect.h"
#include "common/net/url.h"

#include <fmt/format.h>

#include <array>

namespace quarry::taxii_pull {
namespace {

// As documented for the import of indicators and for the upload APIs.
constexpr std::array<net::Window, 1> kDefenderWindows{{{30, 60}}};
constexpr net::ApiLimit kDefenderLimit{"mde.indicators.import", kDefenderWindows};
constexpr std::array<net::Window, 1> kSentinelWindows{{{100, 60}}};
constexpr net::ApiLimit kSentinelLimit{"sentinel.upload", kSentinelWindows};

struct SentinelApi {
  std::string_view host;
  std::string_view operation;
  std::string_view version;
};
constexpr SentinelApi kCurrent{"https://api.ti.sentinel.azure.com",
                               "threat-intelligence-stix-objects:upload", "2024-02-01-preview"};
constexpr SentinelApi kOld{"https://sentinelus.azure-api.net",
                           "threatintelligenceindicators:upload", "2022-07-01"};

}  // namespace

Result<Destination> destination_of(const cli::Invocation& invocation, PushTarget target,
                                   auth::Connection& connection) {
  if (target == PushTarget::kDefender) {
    QUARRY_TRY(const auth::Endpoint mde, auth::need_endpoint(connection, auth::Service::kMde));
    return Destination{mde.url + "/api/indicators/import", mde.scope, &kDefenderLimit, "Defender"};
  }
  const std::string& workspace = invocation.text("sentinel-workspace");
  if (workspace.empty())
    return fail(ErrorCode::kUsage, "Sentinel wants to know the workspace",
                "--sentinel-workspace takes its id, a GUID");
  QUARRY_TRY(const auth::Endpoint arm, auth::need_endpoint(connection, auth::Service::kArm));
  const SentinelApi& api = target == PushTarget::kOldSentinel ? kOld : kCurrent;
  std::string host = invocation.text("upload-url");
  if (host.empty()) host = api.host;
  // Tokens for Resource Manager are good at the upload's own host, which has to be trusted for it.
  connection.endpoints[static_cast<std::size_t>(auth::Service::kArm)].url = host;
  return Destination{fmt::format("{}/workspaces/{}/{}?api-version={}", host,
                                 net::percent_encode(workspace), api.operation, api.version),
                     arm.scope, &kSentinelLimit, "Sentinel"};
}

}  // namespace quarry::taxii_pull
