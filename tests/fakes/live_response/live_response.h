// Defender for Endpoint as lr sees it: machines, machine actions, live response sessions with their
// results, the library. Strict as the real one is, with its limits.
#pragma once

#include "tests/fakes/cloud.h"
#include "tests/fakes/live_response/devices.h"
#include "tests/fakes/live_response/session.h"

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace quarry::fakes {

struct LiveResponseOptions {
  int devices = 12;
  std::vector<std::string> behaviours = {};  // see set_behaviour()
  double link_seconds = 1800;
};

class LiveResponse {
 public:
  static constexpr const char* kAudience = "https://api.securitycenter.microsoft.com";

  /// Adds its routes. The library holds triage.ps1 and collector.exe.
  LiveResponse(Cloud& cloud, const LiveResponseOptions& options);

  /// How often commands were begun on each device, by name.
  std::map<std::string, int> sessions() const;

 private:
  void add_machine_routes();
  void add_action_routes();
  void add_library_routes();
  void add_storage_routes();
  Rule rule(std::vector<std::string> permissions, const net::ApiLimit& limit) const;

  Reply list_machines(const Request& request);
  Reply show_machine(const std::string& id);
  Reply find_by_tag(const Request& request);
  Reply find_by_ip(const std::string& ip);
  Reply submit(const Request& request, const std::string& id);
  Reply act(const std::string& id, const std::string& type, const Request& request);
  Reply list_actions(const Request& request);
  Reply show_action(const std::string& id);
  Reply cancel_action(const Request& request, const std::string& id);
  Reply result_link(const std::string& id, const std::string& index);
  Reply package_link(const std::string& id);
  Reply download(const Request& request, const std::string& id, const std::string& index);
  Reply list_library();
  Reply upload(const Request& request);

  const Device* find_device(const std::string& id_or_name) const;
  SessionAction* find_action(const std::string& id);
  void note_double(const SessionAction& action);
  std::string link_to(const std::string& path) const;
  std::string result_of(const SessionAction& action, std::size_t command) const;
  std::string rows(const std::vector<const Device*>& devices) const;
  std::string seen_time(const Device& device) const;
  double now() const { return cloud_.clock().wall(); }

  Cloud& cloud_;
  LiveResponseOptions options_;
  std::vector<Device> devices_;
  double start_;
  mutable std::mutex mutex_;
  std::vector<SessionAction> actions_;
  std::map<std::string, std::string, std::less<>> library_;  // name -> content
};

}  // namespace quarry::fakes
