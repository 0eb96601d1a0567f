// Reads what an operator's documentation says of its form ("top N by Expression [asc | desc], …")
// as a grammar. Words in small letters and signs stand for themselves, words with a capital are
// filled in, [ ] may be left out, | separates choices, … repeats what stands before it.
#pragma once

#include "tests/fuzz/random.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fuzz {

struct SyntaxNode {
  enum class Kind : std::uint8_t { kText, kHole, kOptional, kSequence, kChoice, kRepeat };
  Kind kind = Kind::kText;
  std::string text;                ///< kText, kHole
  std::vector<SyntaxNode> inside;  ///< kRepeat: the choices for one item
  bool commas = false;             ///< kRepeat: items are separated by commas
};

SyntaxNode read_syntax(std::string_view syntax);

/// Fills in a hole, by its word; `before` is the text so far.
using FillHole = std::function<std::string(std::string_view hole, std::string_view before)>;

std::string write_syntax(const SyntaxNode& node, Random& random, const FillHole& fill);

}  // namespace quarry::fuzz
