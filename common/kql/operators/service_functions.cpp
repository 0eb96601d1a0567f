#include "common/kql/operators/service_functions.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

constexpr ServiceColumn kFileProfile[]{
    {"SHA1", Type::kString},
    {"SHA256", Type::kString},
    {"MD5", Type::kString},
    {"FileSize", Type::kLong},
    {"GlobalPrevalence", Type::kLong},
    {"GlobalFirstSeen", Type::kDatetime},
    {"GlobalLastSeen", Type::kDatetime},
    {"Signer", Type::kString},
    {"Issuer", Type::kString},
    {"SignerHash", Type::kString},
    {"IsCertificateValid", Type::kBool},
    {"IsRootSignerMicrosoft", Type::kBool},
    {"SignatureState", Type::kString},
    {"IsExecutable", Type::kBool},
    {"ThreatName", Type::kString},
    {"Publisher", Type::kString},
    {"SoftwareName", Type::kString},
    {"ProfileAvailability", Type::kString},
};
constexpr ServiceColumn kDeviceFromIp[]{{"IP", Type::kString}, {"DeviceId", Type::kString}};
constexpr ServiceColumn kSeenBy[]{{"SeenBy", Type::kString}};

constexpr ServiceFunction kFunctions[]{
    {"FileProfile", kFileProfile}, {"DeviceFromIP", kDeviceFromIp}, {"SeenBy", kSeenBy}};

}  // namespace

const ServiceFunction* find_service_function(std::string_view name) {
  const auto found = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                  [&](const ServiceFunction& each) { return each.name == name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

}  // namespace quarry::kql::operators
