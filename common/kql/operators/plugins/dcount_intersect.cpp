// dcount_intersect(hll, hll2, …): for values of hll(), how many of the first set's values lie in
// the others too: s0 in the first, s1 in the first two, and so on.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/plugins/plugin.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

constexpr std::size_t kMostSets = 16;  // Kusto: query/dcount-intersect-plugin

PlanNodePtr bind_dcount_intersect(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  const RowScope scope = RowScope::of(*input);
  std::vector<ExpressionPtr> sets;
  for (const syntax::Expression* written : call.rest()) {
    ExpressionPtr set = binder.bind_as(*written, scope, Type::kDynamic, "a value of hll()");
    if (set->type == Type::kUnknown) return nullptr;
    sets.push_back(std::move(set));
  }
  if (sets.size() < 2 || sets.size() > kMostSets) {
    binder.error(call.span(), fmt::format("dcount_intersect takes 2 to {} values of hll(), not {}",
                                          kMostSets, sets.size()));
    return nullptr;
  }
  std::vector<NamedValue> values;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const std::vector<ExpressionPtr> first(sets.begin(),
                                           sets.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    NamedValue value;
    value.name = fmt::format("s{}", i);
    value.span = call.span();
    value.named = true;
    value.value =
        ExpressionBinder(binder, scope).call("__hll_intersection", first, call.span(), call.span());
    values.push_back(std::move(value));
  }
  return binder.project(std::move(input), values);
}

constexpr Param kParams[]{{"hll", "Values of hll() or hll_merge(), 2 to 16.", false, true}};

}  // namespace

extern constinit const PluginDef kDcountIntersect{
    .name = "dcount_intersect",
    .summary =
        "Counts what several values of hll() have in common: s0 is the count of the first, "
        "s1 that of the first two together, and so on.",
    .params = kParams,
    .example =
        "range x from 1 to 100 step 1 | summarize a = hll(x), b = hll(x * 2) | evaluate "
        "dcount_intersect(a, b) | project s1",
    .example_result = "50",
    .bind = bind_dcount_intersect,
};

}  // namespace quarry::kql::operators
