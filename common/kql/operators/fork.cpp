// fork.cpp — KQL: fork [Name =] ( Operators ) [Name =] ( Operators ) …
//
// Each branch is a result of its own. The rows are read once, before the branches run.
#include "common/kql/operators/kept_rows.h"
#include "common/kql/operators/nodes/pass_node.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct Branch {
  syntax::Name* name = nullptr;
  syntax::Pipeline* operators = nullptr;
};

struct ForkSyntax final : syntax::OperatorNode {
  std::vector<Branch> branches;
  mutable NeededColumns needed;  // found while checking, for the run
};

syntax::OperatorNode* parse_fork(syntax::Parser& parser) {
  auto* const node = parser.make<ForkSyntax>();
  do {
    Branch branch;
    if (!parser.at(syntax::TokenKind::kOpenParen)) {
      branch.name = parser.parse_name("'(' and the operators of a branch");
      if (!parser.expect(syntax::TokenKind::kAssign, "'='")) return node;
    }
    branch.operators = parser.parse_subpipeline();
    node->branches.push_back(branch);
    parser.accept(syntax::TokenKind::kComma);
  } while (!parser.at_operator_end());
  return node;
}

PlanNodePtr bind_fork(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& fork = static_cast<const ForkSyntax&>(node);
  if (!binder.may_give_results(node)) return nullptr;
  KeptRows kept(binder, std::move(input), fork.needed, node.span);
  if (binder.checking()) fork.needed.begin();
  PlanNodePtr first;
  for (const Branch& branch : fork.branches) {
    PlanNodePtr rows = kept.again("fork");
    if (rows == nullptr) return nullptr;
    if (binder.checking()) fork.needed.add(binder, *rows, *branch.operators);
    PlanNodePtr result = binder.bind_operators(std::move(rows), branch.operators->operators);
    if (result == nullptr) continue;
    if (branch.name != nullptr) {
      auto named = std::make_unique<AsNode>();
      named->name = branch.name->name;
      named->columns = result->columns;
      named->inputs.push_back(std::move(result));
      result = std::move(named);
    }
    if (first == nullptr)
      first = std::move(result);
    else
      binder.add_result(std::move(result));
  }
  return first;
}

}  // namespace

extern constinit const OperatorDef kFork{
    .name = "fork",
    .summary = "Several results from the same rows: one for each branch of operators.",
    .syntax = "fork [Name =] ( Operators ) [Name =] ( Operators ) …",
    .example = "range x from 1 to 5 step 1 | fork (count) (where x > 4)",
    .example_result = "5",
    .parse = parse_fork,
    .bind = bind_fork,
};

}  // namespace quarry::kql::operators
