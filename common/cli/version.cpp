#include "common/cli/version.h"

#include "common/base/text.h"

#include <fmt/format.h>

// The build defines QUARRY_VERSION, QUARRY_COMMIT and QUARRY_LIBRARIES ("fmt 9.1.0,re2 …") for this
// file alone.

namespace quarry::cli {

std::string_view version_number() { return QUARRY_VERSION; }

std::string_view version_commit() { return QUARRY_COMMIT; }

std::string version_text(std::string_view tool, bool libraries) {
  std::string out = fmt::format("{} {} ({})\n", tool, version_number(), version_commit());
  if (!libraries) return out;
  for (const std::string_view library : text::split(QUARRY_LIBRARIES, ','))
    out += fmt::format("{}\n", library);
  return out;
}

}  // namespace quarry::cli
