// How externaldata gets what lies on the web. The tool hands one in; the engine opens no
// connection.
#pragma once

#include "common/base/result.h"

#include <string>

namespace quarry::kql {

class ExternalFetcher {
 public:
  virtual ~ExternalFetcher() = default;
  /// The path of a local copy, which lives as long as this. Asked for one address twice, it fetches
  /// once. kUsage for what may not be fetched, kRemote where it cannot be.
  virtual Result<std::string> fetch(const std::string& address) = 0;
};

}  // namespace quarry::kql
