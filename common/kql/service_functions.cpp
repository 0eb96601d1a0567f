#include "common/kql/service_functions.h"

namespace quarry::kql {
namespace {

/// Defender: advanced hunting, AssignedIPAddresses(). The last report of each network adapter of
/// the device, at a time or now.
constexpr std::string_view kAssignedIpAddresses = R"(
let AssignedIPAddresses = (device: string, at: datetime = datetime(null)) {
  DeviceNetworkInfo
  | where DeviceId =~ device or DeviceName =~ device
  | where isnull(at) or Timestamp <= at
  | summarize arg_max(Timestamp, IPAddresses, NetworkAdapterType, ConnectedNetworks) by DeviceId, MacAddress
  | mv-expand Address = todynamic(tostring(IPAddresses))
  | project Timestamp, IPAddress = tostring(Address.IPAddress), IPType = tostring(Address.AddressType),
      NetworkAdapterType = tostring(NetworkAdapterType), ConnectedNetworks = todynamic(tostring(ConnectedNetworks))
  | where isnotempty(IPAddress)
};
)";

constexpr ServiceFunctionText kTexts[]{{"AssignedIPAddresses", kAssignedIpAddresses}};

}  // namespace

std::span<const ServiceFunctionText> service_function_texts() { return kTexts; }

}  // namespace quarry::kql
