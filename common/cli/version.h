// What was built: version, commit, libraries. No build time, so that builds repeat.
#pragma once

#include <string>
#include <string_view>

namespace quarry::cli {

std::string_view version_number();  ///< "0.1.0"
std::string_view version_commit();  ///< abbreviated, or "unknown"
/// "hq 0.1.0 (1b5c47f)" and a newline; with `libraries` a line for each library.
std::string version_text(std::string_view tool, bool libraries);

}  // namespace quarry::cli
