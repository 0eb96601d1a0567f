// Where one blank stands between two tokens of a line, and where none.
#pragma once

#include "common/kql/syntax/token.h"

#include <cstddef>
#include <vector>

namespace quarry::kql::syntax {

/// Is there a blank before tokens[i] in the canonical layout? Where the language itself looks at
/// blanks (Device*, project-away, in~) the answer is what was written. `i` is at least 1.
bool blank_before(const std::vector<Token>& tokens, std::size_t i);

/// Words that, unlike a function's name, stand apart from a parenthesis behind them.
bool is_connecting_word(std::string_view word);

}  // namespace quarry::kql::syntax
