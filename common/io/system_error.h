// The words for a failed system call on an input or output, one shape for the whole room.
#pragma once

#include "common/base/error.h"

#include <cstring>
#include <string>

namespace quarry::io {

/// "cannot read: No such file or directory", placed at the path.
inline Error system_error(const char* what, int number, const std::string& path) {
  return Error(ErrorCode::kData, std::string(what) + ": " + std::strerror(number)).at(path);
}

}  // namespace quarry::io
