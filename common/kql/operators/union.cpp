// union.cpp — KQL: [T |] union [kind=inner | outer] [withsource=Column] [isfuzzy=true] Table,
// Prefix*, (Pipeline), …
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"
#include "common/kql/operators/union_binding.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

struct UnionSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  std::vector<syntax::Expression*> tables;
};

syntax::OperatorNode* parse_union(syntax::Parser& parser) {
  auto* const node = parser.make<UnionSyntax>();
  node->parameters = parser.parse_parameters();
  do node->tables.push_back(parser.parse_table());
  while (parser.accept(syntax::TokenKind::kComma));
  return node;
}

bool is_wildcard(const syntax::Expression& table) {
  return table.kind == syntax::ExpressionKind::kName &&
         static_cast<const syntax::Name&>(table).wildcard;
}

PlanNodePtr bind_union(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& written = static_cast<const UnionSyntax&>(node);
  check_parameters(binder, written.parameters, {"kind", "withsource", "with_source", "isfuzzy"});
  const auto kind = parameter_choice(binder, written.parameters, "kind", {"inner", "outer"});
  const auto fuzzy =
      parameter_choice(binder, written.parameters, "isfuzzy", {"true", "false"}) == "true";
  const syntax::OperatorParameter* source = find_parameter(written.parameters, "withsource");
  if (source == nullptr) source = find_parameter(written.parameters, "with_source");

  std::vector<UnionLeg> legs;
  if (input != nullptr) {
    std::string name = source_name(*input);
    legs.push_back({std::move(input), std::move(name)});
  }
  bool broken = false;
  for (const syntax::Expression* table : written.tables) {
    if (fuzzy && !binder.has_table(*table)) continue;
    std::vector<UnionLeg> bound =
        bind_tables(binder, *table, fuzzy ? NoInput::kIsNoRow : NoInput::kIsError);
    if (bound.empty() && !fuzzy) {
      broken = true;
      if (is_wildcard(*table))
        binder.error(table->span, fmt::format("no table matches '{}'",
                                              static_cast<const syntax::Name&>(*table).name));
    }
    for (UnionLeg& leg : bound) legs.push_back(std::move(leg));
  }
  if (broken) return nullptr;
  if (legs.empty()) {
    binder.warning(node.span, "union: none of the tables exists");
    return binder.rows("union", std::make_shared<std::vector<Batch>>(), Schema());
  }
  for (std::size_t i = 0; i < legs.size(); ++i) {
    if (legs[i].name.empty()) legs[i].name = fmt::format("union_arg{}", i);
  }
  return unite(binder, std::move(legs),
               kind == "inner" ? UnionColumns::kCommon : UnionColumns::kAll,
               source == nullptr ? std::string() : parameter_text(*source));
}

}  // namespace

extern constinit const OperatorDef kUnion{
    .name = "union",
    .may_start = true,
    .summary =
        "The rows of several tables, one table after another; columns are matched by name and "
        "type.",
    .syntax =
        "union [kind=inner | outer] [withsource=Column] [isfuzzy=true] Table, Prefix*, (Pipeline), "
        "…",
    .example = "union (print x = 1), (print x = 2) | summarize sum(x)",
    .example_result = "3",
    .parse = parse_union,
    .bind = bind_union,
};

}  // namespace quarry::kql::operators
