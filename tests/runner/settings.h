// Where things lie, and the world a test's program sees: a small, fixed environment, so that runs
// repeat anywhere.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace quarry::test {

struct Settings {
  std::filesystem::path source;    ///< the repository
  std::filesystem::path binaries;  ///< first on PATH
  std::chrono::seconds timeout{60};
  std::optional<std::size_t> spill_bytes;  ///< rows go to temporary files from so many bytes on
  bool update = false;                     ///< write what the examples print into expected.txt

  std::string hq() const { return (binaries / "hq").string(); }
};

/// UTC, UTF-8, no colour, nobody's configuration. Sanitizer options are handed on.
std::vector<std::string> child_environment(const Settings& settings,
                                           const std::filesystem::path& home);

}  // namespace quarry::test
