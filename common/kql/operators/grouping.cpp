#include "common/kql/operators/grouping.h"

#include "common/kql/operators/column_names.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

bool same(const ExpressionPtr& a, const ExpressionPtr& b) {
  if (a == nullptr || b == nullptr) return a == b;
  if (a->kind != b->kind || a->type != b->type) return false;
  switch (a->kind) {
    case Expression::Kind::kColumn:
      return a->column == b->column;
    case Expression::Kind::kLiteral:
      return to_literal(a->literal) == to_literal(b->literal);
    case Expression::Kind::kCall:
      break;
  }
  return a->name == b->name && a->kernel.run == b->kernel.run && a->kernel.constant_foldable &&
         std::equal(a->arguments.begin(), a->arguments.end(), b->arguments.begin(),
                    b->arguments.end(), same);
}

}  // namespace

void add_keys(Binder& binder, AggregateNode& node, const std::vector<NamedValue>& keys) {
  for (const NamedValue& key : keys) {
    BoundColumn column = binder.new_column(key.name, key.value->type);
    if (key.value->kind == Expression::Kind::kColumn &&
        !contains(node.key_columns, key.value->column))
      column.id = key.value->column;
    node.key_columns.push_back(std::move(column));
    node.keys.push_back(key.value);
  }
}

void add_calls(AggregateNode& node, std::vector<CollectedAggregate> calls, Substitution& replaced) {
  for (CollectedAggregate& call : calls) {
    const auto twin =
        std::find_if(node.items.begin(), node.items.end(), [&](const AggregateItem& item) {
          return item.name == call.name && same(item.predicate, call.predicate) &&
                 std::equal(item.arguments.begin(), item.arguments.end(), call.arguments.begin(),
                            call.arguments.end(), same);
        });
    if (twin != node.items.end()) {
      for (std::size_t i = 0; i < call.results.size(); ++i)
        replaced[call.results[i].id] = make_column(twin->results[i]);
      continue;
    }
    node.items.push_back({std::move(call.name), call.kernel, std::move(call.arguments),
                          std::move(call.predicate), std::move(call.results)});
  }
}

}  // namespace quarry::kql::operators
