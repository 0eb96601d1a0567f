// A machine action of the fake service: what was asked, and how far it is at any time.
#pragma once

#include "tests/fakes/live_response/devices.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fakes {

struct SessionCommand {
  std::string type;
  std::string name;
  std::string args;
  std::string params_json;
};

struct SessionAction {
  std::string id;
  std::string type = "LiveResponse";
  std::string comment;
  const Device* device = nullptr;
  std::vector<SessionCommand> commands;
  double created = 0;
  std::optional<double> begins;  // nullopt: the device is off
  double ends = 0;
  std::optional<double> cancelled;
  int fails_at = -1;  // command
  bool times_out = false;

  std::string_view status(double now) const;
  bool is_active(double now) const;
  bool has_begun(double now) const {
    return begins && *begins <= now && !(cancelled && *cancelled <= *begins);
  }
  /// "Created", "Completed", "Failed"
  std::string_view command_status(std::size_t command, double now) const;
  std::string json(double now) const;
};

/// Reads a request body as strictly as the service: names in this case, commands in order. The
/// reason of a refusal, or "".
std::string read_submission(const std::string& body, const std::set<std::string>& library,
                            SessionAction& action);

/// "2026-11-20T09:12:01.1234567Z" of seconds since 1970.
std::string service_time(double wall);

}  // namespace quarry::fakes
