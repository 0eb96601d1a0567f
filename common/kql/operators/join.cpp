// join.cpp — KQL: join [kind=Kind] Table on Column, $left.a == $right.b, …
#include "common/kql/operators/join_binding.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct KindName {
  std::string_view name;
  JoinKind kind;
};
constexpr KindName kKinds[]{
    {"innerunique", JoinKind::kInnerUnique}, {"inner", JoinKind::kInner},
    {"leftouter", JoinKind::kLeftOuter},     {"rightouter", JoinKind::kRightOuter},
    {"fullouter", JoinKind::kFullOuter},     {"leftsemi", JoinKind::kLeftSemi},
    {"leftanti", JoinKind::kLeftAnti},       {"rightsemi", JoinKind::kRightSemi},
    {"rightanti", JoinKind::kRightAnti},     {"anti", JoinKind::kLeftAnti},
    {"leftantisemi", JoinKind::kLeftAnti},   {"rightantisemi", JoinKind::kRightAnti},
};

JoinKind kind_of(Binder& binder, const std::vector<syntax::OperatorParameter>& parameters) {
  const syntax::OperatorParameter* const parameter = find_parameter(parameters, "kind");
  if (parameter == nullptr) return JoinKind::kInnerUnique;
  const std::string name = parameter_text(*parameter);
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const KindName& each) { return each.name == name; });
  if (found != std::end(kKinds)) return found->kind;
  std::vector<std::string_view> names;
  for (const KindName& each : kKinds) names.push_back(each.name);
  binder.error(parameter->value->span, fmt::format("unknown kind of join: '{}'", name),
               fmt::format("one of {}", fmt::join(names, " ")));
  return JoinKind::kInnerUnique;
}

PlanNodePtr bind_join(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& join = static_cast<const JoinSyntax&>(node);
  check_parameters(binder, join.parameters, {"kind", "withsource"});
  return bind_join_like(binder, join, std::move(input), kind_of(binder, join.parameters),
                        RightKeys::kKept);
}

}  // namespace

extern constinit const OperatorDef kJoin{
    .name = "join",
    .summary =
        "Pairs rows with rows of another table that have equal keys. Without a kind (innerunique) "
        "the left side counts once for each key.",
    .syntax = "join [kind=Kind] Table on Column, $left.a == $right.b, …",
    .example = "print k = 1, v = 'a' | join kind=inner (print k = 1, w = 'b') on k | project w",
    .example_result = "b",
    .parse = parse_join_like,
    .bind = bind_join,
};

}  // namespace quarry::kql::operators
