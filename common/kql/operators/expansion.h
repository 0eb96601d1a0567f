// What mv-expand and mv-apply share: the list of arrays to take apart, and the node that does it.
#pragma once

#include "common/kql/bind/binder.h"
#include "common/kql/syntax/parser.h"

#include <string>
#include <vector>

namespace quarry::kql::operators {

struct ExpansionItem {
  syntax::Expression* value = nullptr;  // Named where written `name = expression`
  std::string type_name;                // to typeof( … ); empty: dynamic
};

struct ExpansionSyntax {
  std::vector<syntax::OperatorParameter> parameters;
  std::vector<ExpansionItem> items;
  syntax::Expression* limit = nullptr;
};

/// [kind=bag | array] [with_itemindex=Name] [Name =] Array [to typeof(Type)], … [limit N]
ExpansionSyntax parse_expansion(syntax::Parser& parser);

/// The columns that an expansion makes, by the ids that they have in its result.
struct Expansion {
  PlanNodePtr
      node;  // the input's columns and those of the expansion, converted; null after an error
  std::vector<NamedValue> columns;  // the result as mv-expand shows it
  std::vector<BoundColumn> values;  // the expanded columns
};
Expansion bind_expansion(Binder& binder, const ExpansionSyntax& expansion, PlanNodePtr input,
                         std::optional<std::uint64_t> default_limit);

}  // namespace quarry::kql::operators
