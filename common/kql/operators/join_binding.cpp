#include "common/kql/operators/join_binding.h"

#include "common/kql/operators/column_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

/// Adds the equalities of one condition after the other to a join.
class KeyBinder {
 public:
  KeyBinder(Binder& binder, JoinNode& join)
      : binder_(binder), join_(join), left_(*join.inputs[0]), right_(*join.inputs[1]) {}

  void add(const syntax::Expression& condition) {
    if (condition.kind == syntax::ExpressionKind::kName)
      return add_common(static_cast<const syntax::Name&>(condition));
    if (condition.kind == syntax::ExpressionKind::kList) {
      for (const syntax::Expression* item : static_cast<const syntax::List&>(condition).items)
        add(*item);
      return;
    }
    if (condition.kind == syntax::ExpressionKind::kBinary) {
      const auto& binary = static_cast<const syntax::Binary&>(condition);
      if (binary.operator_name == "and") {
        add(*binary.left);
        add(*binary.right);
        return;
      }
      if (binary.operator_name == "==") return add_equality(binary);
    }
    if (condition.kind != syntax::ExpressionKind::kError) {
      binder_.error(condition.span,
                    "a join condition is a column that both sides have, or $left.a == $right.b");
    }
  }

 private:
  /// on a: both sides have a column of that name.
  void add_common(const syntax::Name& name) {
    if (name.name.empty()) return;
    const BoundColumn* const left = binder_.find_or_take(left_, name.name);
    const BoundColumn* const right = binder_.find_or_take(right_, name.name);
    if (left != nullptr && right != nullptr)
      return add_pair(make_column(*left, name.span), make_column(*right, name.span), name.span);
    if (left == nullptr && right == nullptr)
      binder_.column(left_, name);  // reports, with the nearest name
    else
      binder_.error(name.span,
                    fmt::format("the {} side of the join has no column '{}'",
                                left == nullptr ? "left" : "right", name.name),
                    "join on $left.a == $right.b");
  }

  /// a == b without sides: Kusto's parser refuses both names, the first one first.
  bool lacks_sides(const syntax::Binary& equality) {
    if (equality.left->kind != syntax::ExpressionKind::kName ||
        equality.right->kind != syntax::ExpressionKind::kName)
      return false;
    const auto& first = static_cast<const syntax::Name&>(*equality.left);
    const auto& second = static_cast<const syntax::Name&>(*equality.right);
    if (first.name.empty() || second.name.empty()) return false;
    std::string hint = fmt::format("$left.{} == $right.{}", first.name, second.name);
    if (first.name == second.name) hint = fmt::format("on {}, or {}", first.name, hint);
    binder_.error(first.span,
                  fmt::format("'{}' does not say which side of the join it belongs to", first.name),
                  std::move(hint));
    return true;
  }

  void add_equality(const syntax::Binary& equality) {
    if (lacks_sides(equality)) return;
    RowScope scope;
    scope.left = &left_.columns;
    scope.right = &right_.columns;
    ExpressionPtr first = binder_.bind(*equality.left, scope);
    ExpressionPtr second = binder_.bind(*equality.right, scope);
    if (first->type == Type::kUnknown || second->type == Type::kUnknown) return;
    if (reads(*first, right_) && reads(*second, left_)) std::swap(first, second);
    if (!reads(*first, left_) || reads(*first, right_) || !reads(*second, right_) ||
        reads(*second, left_)) {
      binder_.error(equality.span, "one side of the equality must read $left, the other $right");
      return;
    }
    add_pair(std::move(first), std::move(second), equality.span);
  }

  static bool reads(const Expression& expression, const PlanNode& side) {
    ColumnSet read;
    collect_columns(expression, read);
    return std::any_of(read.begin(), read.end(),
                       [&](ColumnId id) { return contains(side.columns, id); });
  }

  void add_pair(ExpressionPtr left, ExpressionPtr right, SourceSpan span) {
    // Kusto's parser takes dynamic keys and its engine refuses them; here their JSON is compared,
    // or what it converts to.
    const auto type = common_type(left->type, right->type);
    if (!type) {
      binder_.error(span,
                    fmt::format("the keys of a join must have the same type: {} and {}",
                                name_of(left->type), name_of(right->type)),
                    "convert one of them before the join");
      return;
    }
    join_.left_keys.push_back(convert(left, *type, binder_.run_context()));
    join_.right_keys.push_back(convert(right, *type, binder_.run_context()));
  }

  Binder& binder_;
  JoinNode& join_;
  const PlanNode& left_;
  const PlanNode& right_;
};

bool shows_left(JoinKind kind) {
  return kind != JoinKind::kRightSemi && kind != JoinKind::kRightAnti;
}
bool shows_right(JoinKind kind) {
  return kind != JoinKind::kLeftSemi && kind != JoinKind::kLeftAnti;
}

void name_columns(JoinNode& join, RightKeys right_keys) {
  UniqueNames names;
  if (shows_left(join.join)) {
    join.columns = join.inputs[0]->columns;
    names = UniqueNames(join.columns);
  }
  if (!shows_right(join.join)) return;
  for (BoundColumn column : join.inputs[1]->columns) {
    const bool is_key =
        std::any_of(join.right_keys.begin(), join.right_keys.end(), [&](const ExpressionPtr& key) {
          return key->kind == Expression::Kind::kColumn
                     ? key->column == column.id
                     : !key->arguments.empty() && key->arguments[0]->column == column.id;
        });
    if (is_key && right_keys == RightKeys::kDropped) continue;
    column.name = names.make(column.name);
    join.columns.push_back(std::move(column));
  }
}

}  // namespace

syntax::OperatorNode* parse_join_like(syntax::Parser& parser) {
  auto* const node = parser.make<JoinSyntax>();
  node->parameters = parser.parse_parameters();
  node->table = parser.parse_table();
  if (parser.expect_keyword("on")) node->conditions = parser.parse_expression_list();
  return node;
}

PlanNodePtr bind_join_like(Binder& binder, const JoinSyntax& node, PlanNodePtr input, JoinKind kind,
                           RightKeys right_keys) {
  PlanNodePtr other = binder.bind_table(*node.table);
  if (other == nullptr) return nullptr;
  auto join = std::make_unique<JoinNode>();
  join->join = kind;
  join->open = other->open && kind != JoinKind::kLeftSemi && kind != JoinKind::kLeftAnti;
  join->inputs.push_back(std::move(input));
  join->inputs.push_back(std::move(other));
  KeyBinder keys(binder, *join);
  for (const syntax::Expression* condition : node.conditions) keys.add(*condition);
  name_columns(*join, right_keys);
  return join;
}

}  // namespace quarry::kql::operators
