#include "tests/fakes/live_response/devices.h"

#include "common/base/digest.h"
#include "common/base/text.h"
#include "tests/fakes/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace quarry::fakes {
namespace {

double number_in(std::string_view word, std::string_view value) {
  const auto number = text::parse_double(value);
  if (!number) throw std::runtime_error(fmt::format("no number in '{}'", word));
  return *number;
}

void apply(Device& device, std::string_view word) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  const std::string_view value = equals == word.npos ? "" : word.substr(equals + 1);
  const auto number = [&] { return number_in(word, value); };
  Behaviour& how = device.behaviour;
  if (name == "offline")
    how.offline = true;
  else if (name == "online-after")
    how.offline = true, how.online_after = number();
  else if (name == "busy")
    how.busy_for = number();
  else if (name == "unsupported")
    how.unsupported = true;
  else if (name == "refused")
    how.refused = true;
  else if (name == "not-onboarded")
    how.not_onboarded = true;
  else if (name == "fail-at")
    how.fail_at = static_cast<int>(number());
  else if (name == "times-out")
    how.times_out = true;
  else if (name == "exit-code")
    how.exit_code = static_cast<std::int64_t>(number());
  else if (name == "raw")
    how.raw_output = true;
  else if (name == "plain")
    how.plain_file = true;
  else if (name == "session")
    how.session = number();
  else if (name == "bytes")
    how.file_bytes = static_cast<std::size_t>(number());
  else if (name == "name")
    device.name = value;
  else if (name == "tag")
    device.tags.emplace_back(value);
  else if (name == "platform")
    device.platform = value;
  else if (name == "version")
    device.version = value;
  else if (name == "health")
    device.health = value;
  else if (name == "seen-ago")
    device.seen_ago = number();
  else
    throw std::runtime_error(fmt::format("unknown behaviour '{}'", word));
}

}  // namespace

std::vector<Device> make_devices(int count) {
  std::vector<Device> devices;
  for (int i = 1; i <= count; ++i) {
    Device device;
    device.id = hex_digest(DigestKind::kSha1, fmt::format("device {}", i));
    device.name = fmt::format("wks-{:04}.corp.example", i);
    device.last_ip = fmt::format("10.0.{}.{}", i / 250, i % 250 + 1);
    device.seen_ago = 60.0 * i;
    devices.push_back(std::move(device));
  }
  return devices;
}

void set_behaviour(std::vector<Device>& devices, std::string_view text) {
  const std::vector<std::string_view> words = text::split(text, ' ');
  const std::size_t dash = words[0].find('-');
  const auto from = text::parse_int64(words[0].substr(0, dash));
  const auto to = dash == words[0].npos ? from : text::parse_int64(words[0].substr(dash + 1));
  if (!from || !to || *from < 1 || *to < *from || *to > static_cast<std::int64_t>(devices.size()))
    throw std::runtime_error(fmt::format("no devices '{}'", words[0]));
  for (std::int64_t i = *from; i <= *to; ++i) {
    for (std::size_t w = 1; w < words.size(); ++w)
      apply(devices[static_cast<std::size_t>(i) - 1], words[w]);
  }
}

std::string machine_json(const Device& device, const std::string& seen) {
  std::string tags;
  for (const std::string& tag : device.tags) tags += (tags.empty() ? "" : ",") + quoted(tag);
  return fmt::format(
      R"({{"id":{},"computerDnsName":{},"firstSeen":"2025-01-01T00:00:00Z","lastSeen":{},)"
      R"("osPlatform":{},"osProcessor":"x64","version":{},"osBuild":22631,"lastIpAddress":{},)"
      R"("lastExternalIpAddress":"203.0.113.7","healthStatus":{},"onboardingStatus":{},)"
      R"("rbacGroupId":1,"rbacGroupName":"All","riskScore":"Low","exposureLevel":"Medium",)"
      R"("aadDeviceId":null,"machineTags":[{}],"ipAddresses":[{{"ipAddress":{},)"
      R"("macAddress":"00155D000001","operationalStatus":"Up"}}]}})",
      quoted(device.id), quoted(device.name), quoted(seen), quoted(device.platform),
      quoted(device.version), quoted(device.last_ip), quoted(device.health),
      quoted(device.behaviour.not_onboarded ? "CanBeOnboarded" : "onboarded"), tags,
      quoted(device.last_ip));
}

std::string file_content(const Device& device, const std::string& path) {
  std::string content = fmt::format("{} of {}\n", path, device.name);
  std::uint64_t state = std::hash<std::string>()(content);
  while (content.size() < device.behaviour.file_bytes) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    content += fmt::format("{:016x}\n", state);
  }
  return content.substr(0, device.behaviour.file_bytes);
}

}  // namespace quarry::fakes
