// A service that is nobody's: things to list, to lock and to download. What the layers that all
// tools share are tested with from end to end, and a model for the fakes of real services.
#pragma once

#include "tests/fakes/cloud.h"

#include <map>
#include <mutex>
#include <string>

namespace quarry::fakes {

class SampleService {
 public:
  static constexpr const char* kAudience = "https://graph.microsoft.com";

  /// Adds its routes below /v1.0/things; `things` of them exist, named thing-1 and so on.
  SampleService(Cloud& cloud, int things);
  /// How often each thing was locked.
  std::map<std::string, int> locks() const;

 private:
  Reply list(const Request& request);
  Reply show(const std::string& id);
  Reply set_locked(const std::string& id, bool locked);
  Reply content_link(const std::string& id);
  std::string json_of(const std::string& id) const;

  Cloud& cloud_;
  int things_;
  mutable std::mutex mutex_;
  std::map<std::string, bool> locked_;
  std::map<std::string, int> locks_;
};

}  // namespace quarry::fakes
