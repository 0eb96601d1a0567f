// Where indicators are handed to: Sentinel's upload API and Defender's import, as strict as they
// are documented.
#pragma once

#include "tests/fakes/cloud.h"

#include <cstddef>
#include <mutex>
#include <string_view>

namespace quarry::fakes::taxii {

class Uploads {
 public:
  explicit Uploads(Cloud& cloud);
  /// Records taken so far.
  std::size_t taken() const;

 private:
  Reply import_indicators(const Request& request);
  Reply upload_objects(const Request& request, std::string_view list, std::string_view version);

  Cloud& cloud_;
  mutable std::mutex mutex_;
  std::size_t taken_ = 0;
};

}  // namespace quarry::fakes::taxii
