// The operators that stand between two operands, words and symbols, and how tightly they bind.
#pragma once

#include "common/kql/syntax/parser.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace quarry::kql::syntax {

/// Loosest first: == in between; < >=; has =~ and the other string operators. (Arithmetic lies
/// between the last two.)
enum class OperatorLevel : std::uint8_t { kEquality, kOrder, kText };

/// The name that the binder looks up, and how many tokens spell it; no operator where `tokens` is
/// 0.
struct InfixOperator {
  std::string_view canonical;
  std::size_t tokens = 0;
  bool foreign = false;  // written as in other languages: `not in`, `IN`, `=`
};

/// What stands next in the parser, where it is an operator of this level.
InfixOperator find_infix(const Parser& parser, OperatorLevel level);

/// True for the words of these operators (has, in, between, matches …), which highlighting and
/// layout want to know.
bool is_infix_word(std::string_view word);

}  // namespace quarry::kql::syntax
