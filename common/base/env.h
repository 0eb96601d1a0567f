// Environment variables as values handed down, so tests can set them without touching the process.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace quarry {

/// nullopt where the variable is not set; an empty variable is an empty string.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// Reads the process's own environment.
Environment process_environment();

}  // namespace quarry
