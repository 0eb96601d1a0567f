#include "tools/taxii-pull/flatten/conjunctions.h"

#include "tools/taxii-pull/flatten/flattener.h"

#include <iterator>
#include <utility>

namespace quarry::taxii_pull::flatten {
namespace {

using pattern::Comparison;
using pattern::NodeIndex;
using pattern::NodeKind;
using pattern::Pattern;
using Conjunctions = std::vector<Conjunction>;

Conjunctions leaf(const Pattern& pattern, std::uint32_t index) {
  const Comparison& comparison = pattern.comparisons[index];
  if (!is_equality(comparison)) return {{.terms = {{index, -1}}}};
  Conjunctions out;
  for (std::size_t i = 0; i < comparison.constants.size(); ++i)
    out.push_back({.terms = {{index, static_cast<std::int32_t>(i)}}});
  return out;
}

void append(Conjunctions& out, Conjunctions more) {
  out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Conjunctions product(const Conjunctions& left, const Conjunctions& right) {
  Conjunctions out;
  out.reserve(left.size() * right.size());
  for (const Conjunction& a : left) {
    for (const Conjunction& b : right) {
      Conjunction both = a;
      both.terms.insert(both.terms.end(), b.terms.begin(), b.terms.end());
      both.complete = a.complete && b.complete;
      out.push_back(std::move(both));
    }
  }
  return out;
}

/// Too many to multiply: each side by itself, neither enough.
Conjunctions side_by_side(Conjunctions left, Conjunctions right) {
  append(left, std::move(right));
  for (Conjunction& conjunction : left) conjunction.complete = false;
  return left;
}

}  // namespace

bool is_equality(const Comparison& comparison) {
  if (comparison.negated) return false;
  if (comparison.op == pattern::Operator::kEqual || comparison.op == pattern::Operator::kIn)
    return true;
  if (comparison.op != pattern::Operator::kIsSubset) return false;
  const ObservableColumn* const column = find_observable_column(comparison.path);
  return column != nullptr && (column->fill == Fill::kAddress || column->fill == Fill::kEndpoint);
}

Conjunctions conjunctions_of(const Pattern& pattern, NodeIndex index) {
  const pattern::Node& node = pattern.nodes[index];
  if (node.kind == NodeKind::kComparison) return leaf(pattern, node.comparison);
  Conjunctions out = conjunctions_of(pattern, node.children.front());
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    Conjunctions next = conjunctions_of(pattern, node.children[i]);
    if (node.kind == NodeKind::kOr) {
      append(out, std::move(next));
    } else if (out.size() * next.size() <= kMaxConjunctions) {
      out = product(out, next);
    } else {
      out = side_by_side(std::move(out), std::move(next));
    }
  }
  return out;
}

}  // namespace quarry::taxii_pull::flatten
