// as.cpp — KQL: as [hint.materialized=true] Name
//
// The name means these rows in the rest of the query. They are only kept where the rest of the text holds the name.
#include "common/base/text.h"
#include "common/kql/operators/nodes/pass_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct AsSyntax final : syntax::OperatorNode {
  syntax::Name* name = nullptr;
  bool is_used = false;
};

bool is_name_character(char c) { return text::is_ascii_alnum(c) || c == '_'; }

bool holds_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_name_character(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !is_name_character(text[end]))) return true;
  }
  return false;
}

syntax::OperatorNode* parse_as(syntax::Parser& parser) {
  auto* const node = parser.make<AsSyntax>();
  parse_named_parameters(parser, {});
  node->name = parser.parse_name("a name for the rows");
  node->is_used = !node->name->name.empty() && holds_word(parser.text().substr(node->name->span.end()), node->name->name);
  return node;
}

PlanNodePtr bind_as(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& as = static_cast<const AsSyntax&>(node);
  if (as.is_used) {
    std::vector<BoundColumn> columns = input->columns;
    if (binder.checking()) {
      binder.define_table(as.name->name, nullptr, columns);
    } else {
      Schema schema;
      for (const BoundColumn& column : columns) schema.columns.push_back({column.name, column.type});
      const auto batches = binder.run_now(std::move(input), node.span);
      if (batches == nullptr) return nullptr;
      binder.define_table(as.name->name, batches, columns);
      input = binder.rows(as.name->name, batches, schema);
    }
  }
  auto named = std::make_unique<AsNode>();
  named->name = as.name->name;
  named->columns = input->columns;
  named->inputs.push_back(std::move(input));
  return named;
}

}  // namespace

extern constinit const OperatorDef kAs{
    .name = "as",
    .summary = "Gives the rows a name that the rest of the query can use; union withsource shows it.",
    .syntax = "as Name",
    .example = "range x from 1 to 2 step 1 | as T | union T | count",
    .example_result = "4",
    .parse = parse_as,
    .bind = bind_as,
};

}  // namespace quarry::kql::operators
