// Parses with a handful of operators and shows the tree as text: (+ a (* b c)).
#pragma once

#include "common/base/diagnostics.h"
#include "common/kql/syntax/parser.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::syntax::test {

/// where extend take print union join project-away; known by name only: make-series find.
const OperatorTable& operators();

struct Parsed {
  explicit Parsed(std::string_view text);

  std::string shown;                // the statements, by "; "
  std::vector<std::string> errors;  // "line:column message", warnings left out
  Ast ast;
};

/// The errors, one a line.
std::string errors(std::string_view text);
/// The tree of one expression; the first error where there is one.
std::string expression(std::string_view text);
/// The literal that the text is.
const Literal& literal(std::string_view text, Ast& ast);

}  // namespace quarry::kql::syntax::test
