// mv_expand.cpp — KQL: mv-expand [kind=bag | array] [with_itemindex=Name] [Name =] Array [to
// typeof(Type)], … [limit N]
#include "common/kql/operators/expansion.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

/// The old spelling stops at so many rows.
constexpr std::uint64_t kOldLimit = 128;

struct MvExpandSyntax final : syntax::OperatorNode {
  ExpansionSyntax expansion;
};

syntax::OperatorNode* parse_mv_expand(syntax::Parser& parser) {
  auto* const node = parser.make<MvExpandSyntax>();
  node->expansion = parse_expansion(parser);
  return node;
}

PlanNodePtr bind_mv_expand(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const bool old = node.keyword.length == std::string_view("mvexpand").size();
  Expansion expansion =
      bind_expansion(binder, static_cast<const MvExpandSyntax&>(node).expansion, std::move(input),
                     old ? std::optional<std::uint64_t>(kOldLimit) : std::nullopt);
  if (expansion.node == nullptr) return nullptr;
  return binder.project(std::move(expansion.node), expansion.columns);
}

constexpr std::string_view kAliases[]{"mvexpand"};

}  // namespace

extern constinit const OperatorDef kMvExpand{
    .name = "mv-expand",
    .aliases = kAliases,
    .summary =
        "One row for each element of an array or member of a bag; several are expanded side by "
        "side.",
    .syntax =
        "mv-expand [kind=bag | array] [with_itemindex=Name] [Name =] Array [to typeof(Type)], … "
        "[limit N]",
    .example = "print a = dynamic([10, 20]) | mv-expand a to typeof(long) | summarize sum(a)",
    .example_result = "30",
    .parse = parse_mv_expand,
    .bind = bind_mv_expand,
};

}  // namespace quarry::kql::operators
