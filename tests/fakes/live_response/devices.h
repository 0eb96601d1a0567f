// The devices of the fake tenant: what they are and how they behave when a session is wanted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fakes {

/// How a device answers. Times are seconds by the cloud's clock.
struct Behaviour {
  bool offline = false;      // sessions stay pending
  double online_after = -1;  // offline until then, counted from the start; -1: never
  double busy_for = 0;       // another session runs for so long from the start
  bool unsupported = false;  // refused: ClientVersionNotSupported
  bool refused = false;      // refused: DisallowedOperation
  bool not_onboarded = false;
  int fail_at = -1;  // the command with this index fails
  bool times_out = false;
  std::int64_t exit_code = 0;
  bool raw_output = false;  // what a script leaves is no JSON
  bool plain_file = false;  // GetFile is not compressed
  double session = 12;      // from beginning to end
  std::size_t file_bytes = 2000;
};

struct Device {
  std::string id;
  std::string name;
  std::string last_ip;
  std::string platform = "Windows11";
  std::string version = "23H2";
  std::string health = "Active";
  std::vector<std::string> tags;
  double seen_ago = 0;  // seconds before the start
  Behaviour behaviour = {};
};

/// wks-0001.corp.example and so on; the first is seen last.
std::vector<Device> make_devices(int count);
/// "3 offline", "4-6 busy=120 session=30", "7 exit-code=2": which (by number or range) and how.
/// Throws std::runtime_error with the reason.
void set_behaviour(std::vector<Device>& devices, std::string_view text);
/// The machine resource; `seen` and `first` are times as the service writes them.
std::string machine_json(const Device& device, const std::string& seen);
/// What lies at a path on a device: the same for the same names, never for others.
std::string file_content(const Device& device, const std::string& path);

}  // namespace quarry::fakes
