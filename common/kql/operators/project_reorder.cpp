// project_reorder.cpp — KQL: project-reorder Column, Prefix* asc | desc | granny-asc | granny-desc,
// …
#include "common/base/text.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"

#include <algorithm>
#include <charconv>

namespace quarry::kql::operators {
namespace {

enum class NameOrder : std::uint8_t {
  kAsIs,
  kAscending,
  kDescending,
  kNumericAscending,
  kNumericDescending
};

struct ReorderItem {
  syntax::Name* name = nullptr;
  NameOrder order = NameOrder::kAsIs;
};

struct ProjectReorderSyntax final : syntax::OperatorNode {
  std::vector<ReorderItem> items;
};

NameOrder parse_order(syntax::Parser& parser) {
  if (parser.accept_keyword("asc")) return NameOrder::kAscending;
  if (parser.accept_keyword("desc")) return NameOrder::kDescending;
  if (!parser.accept_keyword("granny")) return NameOrder::kAsIs;
  parser.expect(syntax::TokenKind::kMinus, "granny-asc or granny-desc");
  if (parser.accept_keyword("desc")) return NameOrder::kNumericDescending;
  parser.expect_keyword("asc");
  return NameOrder::kNumericAscending;
}

syntax::OperatorNode* parse_project_reorder(syntax::Parser& parser) {
  auto* const node = parser.make<ProjectReorderSyntax>();
  do {
    ReorderItem item;
    item.name = parser.parse_wildcard_name("a column name");
    item.order = parse_order(parser);
    node->items.push_back(item);
  } while (parser.accept(syntax::TokenKind::kComma));
  return node;
}

/// Order by name where runs of digits count as numbers: a2 stands before a10 (KQL calls it granny).
bool numeric_less(std::string_view a, std::string_view b) {
  const auto digits = [](std::string_view text) {
    return static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), text::is_ascii_digit) - text.begin());
  };
  while (!a.empty() && !b.empty()) {
    const std::size_t in_a = digits(a);
    const std::size_t in_b = digits(b);
    if (in_a > 0 && in_b > 0) {
      std::uint64_t value_a = 0;
      std::uint64_t value_b = 0;
      std::from_chars(a.data(), a.data() + in_a, value_a);
      std::from_chars(b.data(), b.data() + in_b, value_b);
      if (value_a != value_b) return value_a < value_b;
      a.remove_prefix(in_a);
      b.remove_prefix(in_b);
    } else {
      if (a.front() != b.front()) return a.front() < b.front();
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.size() < b.size();
}

void order_names(std::vector<BoundColumn>& columns, NameOrder order) {
  if (order == NameOrder::kAsIs) return;
  const bool numeric =
      order == NameOrder::kNumericAscending || order == NameOrder::kNumericDescending;
  const bool descending = order == NameOrder::kDescending || order == NameOrder::kNumericDescending;
  std::stable_sort(columns.begin(), columns.end(), [&](const BoundColumn& a, const BoundColumn& b) {
    const std::string& first = descending ? b.name : a.name;
    const std::string& second = descending ? a.name : b.name;
    return numeric ? numeric_less(first, second) : first < second;
  });
}

PlanNodePtr bind_project_reorder(Binder& binder, const syntax::OperatorNode& node,
                                 PlanNodePtr input) {
  std::vector<BoundColumn> front;
  for (const ReorderItem& item : static_cast<const ProjectReorderSyntax&>(node).items) {
    const bool unlisted = !item.name->wildcard &&
                          binder.find_column(input->columns, item.name->name) == nullptr &&
                          binder.find_or_take(*input, item.name->name) != nullptr;
    if (unlisted) continue;
    std::vector<BoundColumn> meant = binder.columns_like(*input, *item.name);
    order_names(meant, item.order);
    for (const BoundColumn& column : meant) {
      if (!contains(front, column.id)) front.push_back(column);
    }
  }
  std::vector<NamedValue> values;
  for (const BoundColumn& column : front) values.push_back(pass(column));
  for (const BoundColumn& column : input->columns) {
    if (!contains(front, column.id)) values.push_back(pass(column));
  }
  return binder.project(std::move(input), values);
}

}  // namespace

extern constinit const OperatorDef kProjectReorder{
    .name = "project-reorder",
    .summary = "Puts columns first, in the order given; the others follow as they were.",
    .syntax = "project-reorder Column, Prefix* [asc | desc | granny-asc | granny-desc], …",
    .example = "print b = 'b', a10 = 10, a2 = 2 | project-reorder a* granny-asc",
    .example_result = "2",
    .parse = parse_project_reorder,
    .bind = bind_project_reorder,
};

}  // namespace quarry::kql::operators
