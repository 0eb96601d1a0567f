#include "common/services/live_response/machine.h"

#include "common/base/text.h"
#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace quarry::live_response {
namespace {

std::string text_of(const json::Node& object, std::string_view key) {
  return std::string(object.find(key).as_string().value_or(""));
}

std::string number_or_text(const json::Node& object, std::string_view key) {
  const json::Node value = object.find(key);
  if (const auto number = value.as_int64()) return std::to_string(*number);
  return std::string(value.as_string().value_or(""));
}

std::string list_json(const std::vector<std::string>& texts) {
  std::string all = "[";
  for (const std::string& text : texts) all += (all.size() > 1 ? "," : "") + json::quoted(text);
  return all + "]";
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Windows 10 before 1709: "1507" … "1703"; later versions are "1709", "1803" or "20H2".
bool is_old_windows_10(std::string_view version) {
  const std::optional<std::int64_t> number = text::parse_int64(version);
  return number && *number >= 1507 && *number < 1709;
}

}  // namespace

Result<Machine> read_machine(const json::Node& object) {
  Machine machine;
  machine.id = text::lower_ascii(text_of(object, "id"));
  if (machine.id.empty()) return fail(ErrorCode::kData, "the service's machine has no id");
  machine.name = text_of(object, "computerDnsName");
  machine.last_seen = text_of(object, "lastSeen");
  machine.os_platform = text_of(object, "osPlatform");
  machine.os_version = text_of(object, "version");
  machine.os_build = number_or_text(object, "osBuild");
  machine.last_ip = text_of(object, "lastIpAddress");
  machine.last_external_ip = text_of(object, "lastExternalIpAddress");
  machine.health = text_of(object, "healthStatus");
  machine.onboarding = text_of(object, "onboardingStatus");
  machine.group = text_of(object, "rbacGroupName");
  machine.risk = text_of(object, "riskScore");
  machine.exposure = text_of(object, "exposureLevel");
  machine.aad_device_id = text_of(object, "aadDeviceId");
  const json::Node tags = object.find("machineTags");
  for (std::size_t i = 0; i < tags.size(); ++i)
    machine.tags.emplace_back(tags[i].as_string().value_or(""));
  const json::Node addresses = object.find("ipAddresses");
  for (std::size_t i = 0; i < addresses.size(); ++i)
    machine.addresses.push_back(text_of(addresses[i], "ipAddress"));
  return machine;
}

Result<std::vector<Machine>> parse_machines(std::string_view body) {
  QUARRY_TRY(const json::Document document, json::Document::parse(body, "machines"));
  const json::Node list = document.root().find("value");
  std::vector<Machine> machines;
  if (!list.is_array()) {
    QUARRY_TRY(Machine machine, read_machine(document.root()));
    machines.push_back(std::move(machine));
    return machines;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    QUARRY_TRY(Machine machine, read_machine(list[i]));
    machines.push_back(std::move(machine));
  }
  return machines;
}

std::string to_json(const Machine& machine) {
  return json::ObjectWriter()
      .text("DeviceId", machine.id)
      .text("DeviceName", machine.name)
      .text("LastSeen", machine.last_seen)
      .text("OSPlatform", machine.os_platform)
      .text("OSVersion", machine.os_version)
      .text("OSBuild", machine.os_build)
      .text("LastIpAddress", machine.last_ip)
      .text("LastExternalIpAddress", machine.last_external_ip)
      .text("HealthStatus", machine.health)
      .text("OnboardingStatus", machine.onboarding)
      .text("MachineGroup", machine.group)
      .text("RiskScore", machine.risk)
      .text("ExposureLevel", machine.exposure)
      .text("AadDeviceId", machine.aad_device_id)
      .raw("MachineTags", list_json(machine.tags))
      .raw("IpAddresses", list_json(machine.addresses))
      .take();
}

std::string why_unsupported(const Machine& machine) {
  if (!machine.onboarding.empty() && !text::iequals_ascii(machine.onboarding, "onboarded"))
    return fmt::format("not onboarded ({})", machine.onboarding);
  const std::string platform = text::lower_ascii(machine.os_platform);
  for (const char* old :
       {"windows7", "windows8", "windowsxp", "windowsvista", "windowsserver2008"}) {
    if (contains(platform, old)) return fmt::format("{} has no live response", machine.os_platform);
  }
  if (platform == "windows10" && is_old_windows_10(machine.os_version))
    return fmt::format("Windows 10 {} is older than 1709", machine.os_version);
  for (const char* other : {"ios", "android", "iotdevice", "other"}) {
    if (platform == other) return fmt::format("{} has no live response", machine.os_platform);
  }
  return {};
}

std::string why_doubtful(const Machine& machine) {
  if (machine.health.empty() || text::iequals_ascii(machine.health, "Active") ||
      text::iequals_ascii(machine.health, "Unknown"))
    return {};
  return fmt::format("its sensor is {}", machine.health);
}

bool is_machine_id(std::string_view text) {
  return text.size() == 40 && std::all_of(text.begin(), text.end(), [](char c) {
           const char low = text::ascii_lower(c);
           return text::is_ascii_digit(c) || (low >= 'a' && low <= 'f');
         });
}

}  // namespace quarry::live_response
