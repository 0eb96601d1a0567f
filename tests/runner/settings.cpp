#include "tests/runner/settings.h"

#include <cstdlib>
#include <string>

namespace quarry::test {

std::vector<std::string> child_environment(const Settings& settings,
                                           const std::filesystem::path& home) {
  const char* path = std::getenv("PATH");
  std::vector<std::string> all{
      "PATH=" + settings.binaries.string() + ":" + (path == nullptr ? "/usr/bin:/bin" : path),
      "HOME=" + home.string(),
      "HQ=" + settings.hq(),
      "QUARRY_SOURCE=" + settings.source.string(),
      "LC_ALL=C.UTF-8",
      "TZ=UTC",
      "TERM=dumb",
  };
  for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR"}) {
    if (const char* value = std::getenv(name)) all.push_back(std::string(name) + "=" + value);
  }
  if (settings.spill_bytes)
    all.push_back("QUARRY_TEST_SPILL_BYTES=" + std::to_string(*settings.spill_bytes));
  return all;
}

}  // namespace quarry::test
