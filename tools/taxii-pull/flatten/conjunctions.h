// The comparisons of one observation as alternatives: any of the conjunctions satisfies it.
#pragma once

#include "tools/taxii-pull/pattern/tree.h"

#include <cstdint>
#include <vector>

namespace quarry::taxii_pull::flatten {

struct Term {
  std::uint32_t comparison = 0;
  std::int32_t constant = -1;  // index; -1: not an equality, so no observable
};

struct Conjunction {
  std::vector<Term> terms;
  bool complete = true;  // false: more is asked for than the terms say
};

/// Whether the comparison says that something equals one of its constants (also: lies in a
/// network).
bool is_equality(const pattern::Comparison& comparison);

std::vector<Conjunction> conjunctions_of(const pattern::Pattern& pattern, pattern::NodeIndex node);

}  // namespace quarry::taxii_pull::flatten
