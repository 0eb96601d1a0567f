// The canonical layout of a query: what `hq format` prints.
#pragma once

#include "common/base/diagnostics.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarry::kql::syntax {

/// One operator a line, statements apart, brackets that hold operators opened up; line ends inside
/// lists and all comments are kept. The tokens stay the same, and formatting twice gives the same
/// text. nullopt where the text has broken tokens, then reported.
std::optional<std::string> format_query(std::string_view text, Diagnostics& diagnostics);

}  // namespace quarry::kql::syntax
