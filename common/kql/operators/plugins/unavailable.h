// Plugins of Kusto that need what one machine with files does not have, and why.
#pragma once

#include <string_view>

namespace quarry::kql::operators {

/// The rest of a sentence that begins with the plugin's name; empty for every other name.
std::string_view why_unavailable(std::string_view plugin);

}  // namespace quarry::kql::operators
