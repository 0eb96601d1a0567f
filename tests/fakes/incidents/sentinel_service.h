// Incidents, bookmarks and their relations of one Sentinel workspace, as Resource Manager shows
// them.
#pragma once

#include "tests/fakes/cloud.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace quarry::fakes {

class SentinelService {
 public:
  static constexpr const char* kAudience = "https://management.azure.com";
  static constexpr const char* kWorkspace =
      "/subscriptions/5ub/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/"
      "hunt";

  /// Incident 3177 exists.
  explicit SentinelService(Cloud& cloud);
  std::vector<std::string> report() const;

 private:
  struct Resource {
    std::string body;  // properties
    int number = 0;    // of incidents
    int version = 1;   // its etag
    int puts = 1;
  };
  using Resources = std::map<std::string, Resource>;

  Reply show(const Resources& from, const std::string& id);
  Reply list_incidents(const Request& request);
  Reply put_incident(const Request& request, const std::string& id);
  Reply put_bookmark(const Request& request, const std::string& id);
  Reply put_relation(const Request& request, const std::string& incident, const std::string& id);
  Reply put_comment(const Request& request, const std::string& incident, const std::string& id);
  Reply put(Resources& into, const std::string& id, std::string properties, int number);
  std::string json_of(const std::string& id, const Resource& resource) const;

  Cloud& cloud_;
  mutable std::mutex mutex_;
  Resources incidents_;
  Resources bookmarks_;
  std::map<std::string, Resources> relations_;  // by incident
  std::map<std::string, Resources> comments_;
  int next_number_ = 4001;
};

}  // namespace quarry::fakes
