// STIX pattern text -> tree, by recursive descent. Chains of AND and OR become one node with many
// children, so only parentheses cost stack, and those are bounded.
#pragma once

#include "tools/taxii-pull/pattern/lexer.h"
#include "tools/taxii-pull/pattern/tree.h"

#include <optional>
#include <string_view>
#include <variant>

namespace quarry::taxii_pull::pattern {

/// Parentheses inside each other; deeper patterns are refused.
inline constexpr int kMaxDepth = 1000;

/// The tree, or why there is none. With k20 and k21 the answer is the reference validator's.
std::variant<Pattern, Fault> parse(std::string_view text, Spec spec);

/// The first constant compared with a hash that no such hash can have; nullopt where there is none.
std::optional<Fault> check_hashes(const Pattern& pattern);

}  // namespace quarry::taxii_pull::pattern
