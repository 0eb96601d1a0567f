// What each piece of a query is, for colouring: carets, help, the interactive prompt.
#pragma once

#include "common/base/source_span.h"
#include "common/kql/syntax/operator_syntax.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace quarry::kql::syntax {

enum class Highlight : std::uint8_t {
  kKeyword,   // statements, operators of a pipeline, by, on, asc …
  kOperator,  // has, ==, and, +
  kFunction,  // a name with a parenthesis behind it
  kLiteral,   // numbers, timespans, true, datetime(…)
  kString,
  kComment,
  kName,
  kPunctuation,
  kError
};

struct HighlightedSpan {
  Highlight what = Highlight::kName;
  SourceSpan span;
};

/// In order of position, without overlap; blanks are in none. Broken text is fine.
std::vector<HighlightedSpan> highlight(std::string_view text, const OperatorTable& operators);

}  // namespace quarry::kql::syntax
