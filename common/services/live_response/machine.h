// A device as the service knows it ("machine resource type"), and whether it can do live response.
#pragma once

#include "common/base/result.h"
#include "common/json/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::live_response {

struct Machine {
  std::string id;         // 40 hexadecimal digits
  std::string name;       // computerDnsName
  std::string last_seen;  // of the last full report, about daily: not "on now"
  std::string os_platform;
  std::string os_version;  // "22H2"
  std::string os_build;
  std::string last_ip;
  std::string last_external_ip;
  std::string health;
  std::string onboarding;
  std::string group;
  std::string risk;
  std::string exposure;
  std::string aad_device_id;
  std::vector<std::string> tags;
  std::vector<std::string> addresses;
};

/// kData where the object has no id.
Result<Machine> read_machine(const json::Node& object);
/// {"value":[…]}, or one machine.
Result<std::vector<Machine>> parse_machines(std::string_view body);
/// One line of NDJSON without its end: DeviceId, DeviceName and the rest, as hunting tables name
/// them.
std::string to_json(const Machine& machine);

/// Why no session can run there (not onboarded, system too old); "" where nothing speaks against
/// it.
std::string why_unsupported(const Machine& machine);
/// What lets us expect no answer (inactive, no sensor data); "" without.
std::string why_doubtful(const Machine& machine);

/// 40 hexadecimal digits.
bool is_machine_id(std::string_view text);

}  // namespace quarry::live_response
