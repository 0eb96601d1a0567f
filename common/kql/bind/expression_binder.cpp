#include "common/kql/bind/expression_binder.h"

#include "common/base/assert.h"
#include "common/base/suggest.h"
#include "common/base/text.h"
#include "common/kql/bind/name_hints.h"
#include "common/value/decimal.h"
#include "common/value/guid.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace quarry::kql {
namespace {

constexpr std::string_view kUnknownConstant = "toscalar";

constexpr std::size_t kShortChain = 64;

bool is_connective(std::string_view op) { return op == "and" || op == "or"; }

/// One condition out of many. A long list of indicators, `a or b or c …`, becomes a tree of a dozen
/// levels: whoever walks expressions goes down, and a chain would be as deep as it is long.
ExpressionPtr combined(ExpressionBinder& binder, std::string_view op,
                       std::span<const ExpressionPtr> conditions, SourceSpan span) {
  if (conditions.size() > kShortChain) {
    const std::size_t half = conditions.size() / 2;
    return binder.binary(op, combined(binder, op, conditions.first(half), span),
                         combined(binder, op, conditions.subspan(half), span), span);
  }
  ExpressionPtr result = conditions.front();
  for (const ExpressionPtr& condition : conditions.subspan(1))
    result = binder.binary(op, std::move(result), condition, span);
  return result;
}

bool is_comparison(std::string_view op) {
  return op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=";
}

}  // namespace

ExpressionPtr unknown_constant(Type type, SourceSpan span) {
  ScalarKernel kernel;
  kernel.result = type;
  kernel.constant_foldable = false;
  return make_call(std::string(kUnknownConstant), kernel, {}, span);
}

bool is_unknown_constant(const Expression& expression) {
  if (expression.kind == Expression::Kind::kLiteral) return true;
  if (expression.kind != Expression::Kind::kCall) return false;
  if (expression.name == kUnknownConstant && expression.kernel.run == nullptr) return true;
  return !expression.arguments.empty() &&
         std::all_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const ExpressionPtr& argument) { return is_unknown_constant(*argument); });
}

Argument argument_of(const ExpressionPtr& expression) {
  Argument argument;
  argument.type = expression->type;
  if (expression->kind == Expression::Kind::kLiteral) argument.constant = &expression->literal;
  if (expression->kind == Expression::Kind::kColumn) argument.name = expression->name;
  return argument;
}

ExpressionPtr ExpressionBinder::broken(SourceSpan span) const {
  auto result = std::make_shared<Expression>();
  result->span = span;
  result->literal = Scalar::null(Type::kUnknown);
  return result;
}

ExpressionPtr ExpressionBinder::bind(const syntax::Expression& expression) {
  switch (expression.kind) {
    case syntax::ExpressionKind::kError:
      return broken(expression.span);
    case syntax::ExpressionKind::kLiteral:
      return bind_literal(static_cast<const syntax::Literal&>(expression));
    case syntax::ExpressionKind::kName:
      return bind_name(static_cast<const syntax::Name&>(expression));
    case syntax::ExpressionKind::kPath:
      return bind_path(static_cast<const syntax::Path&>(expression));
    case syntax::ExpressionKind::kElement:
      return bind_element(static_cast<const syntax::Element&>(expression));
    case syntax::ExpressionKind::kUnary:
      return bind_unary(static_cast<const syntax::Unary&>(expression));
    case syntax::ExpressionKind::kBinary:
      return bind_binary(static_cast<const syntax::Binary&>(expression));
    case syntax::ExpressionKind::kIn:
      return bind_in(static_cast<const syntax::In&>(expression));
    case syntax::ExpressionKind::kBetween:
      return bind_between(static_cast<const syntax::Between&>(expression));
    case syntax::ExpressionKind::kCall:
      return bind_call(static_cast<const syntax::Call&>(expression));
    case syntax::ExpressionKind::kNamed:
      return bind(*static_cast<const syntax::Named&>(expression).value);
    case syntax::ExpressionKind::kTypeOf:
      return make_literal(Scalar::of(static_cast<const syntax::TypeOf&>(expression).type_name),
                          expression.span);
    case syntax::ExpressionKind::kStar:
      binder_.error(expression.span, "'*' does not stand for one value");
      break;
    case syntax::ExpressionKind::kList:
      binder_.error(expression.span, "a list does not stand for one value");
      break;
    case syntax::ExpressionKind::kPipeline:
    case syntax::ExpressionKind::kDatatable:
    case syntax::ExpressionKind::kExternalData:
    case syntax::ExpressionKind::kEntityGroup:
      binder_.error(expression.span, "a table stands where one value is expected",
                    "wrap it in toscalar( … )");
      break;
  }
  return broken(expression.span);
}

ExpressionPtr ExpressionBinder::bind_literal(const syntax::Literal& literal) const {
  const auto make = [&](Type type, Scalar::Value value) {
    if (literal.is_null && type == Type::kString)
      return make_literal(Scalar::of(std::string()), literal.span);
    return make_literal(literal.is_null ? Scalar::null(type) : Scalar(type, std::move(value)),
                        literal.span);
  };
  switch (literal.literal) {
    case syntax::LiteralKind::kBool:
      return make(Type::kBool, literal.boolean);
    case syntax::LiteralKind::kInt:
      return make(Type::kInt, static_cast<std::int32_t>(literal.integer));
    case syntax::LiteralKind::kLong:
      return make(Type::kLong, literal.integer);
    case syntax::LiteralKind::kReal:
      return make(Type::kReal, literal.real);
    case syntax::LiteralKind::kString:
      return make(Type::kString, literal.text);
    case syntax::LiteralKind::kDatetime:
      return make(Type::kDatetime, Datetime{literal.integer});
    case syntax::LiteralKind::kTimespan:
      return make(Type::kTimespan, Timespan{literal.integer});
    case syntax::LiteralKind::kDynamic:
      return make(Type::kDynamic, DynamicText{literal.text});
    case syntax::LiteralKind::kDecimal: {
      const auto value = parse_decimal(literal.text);
      return value ? make(Type::kDecimal, *value)
                   : make_literal(Scalar::null(Type::kDecimal), literal.span);
    }
    case syntax::LiteralKind::kGuid: {
      const auto value = parse_guid(literal.text);
      return value ? make(Type::kGuid, *value)
                   : make_literal(Scalar::null(Type::kGuid), literal.span);
    }
  }
  return broken(literal.span);
}

ExpressionPtr ExpressionBinder::bind_name(const syntax::Name& name) {
  if (name.name.empty()) return broken(name.span);
  if (scope_.columns != nullptr) {
    if (const BoundColumn* const column = binder_.find_column(*scope_.columns, name.name))
      return make_column(*column, name.span);
  }
  if (const LetValue* const let = binder_.scope_->find(name.name)) {
    if (let->kind == LetValue::Kind::kScalar) return let->scalar;
    if (let->kind == LetValue::Kind::kBroken) return broken(name.span);
    // KQL: a function without parameters may be called by its name alone.
    if (let->kind == LetValue::Kind::kFunction && let->function->parameters.empty() &&
        !binder_.is_tabular(name)) {
      syntax::Call call;
      call.name = name.name;
      call.span = call.name_span = name.span;
      return bind_user_function(call, *let);
    }
    if (let->kind == LetValue::Kind::kTable) {
      binder_.error(name.span, fmt::format("'{}' is a table, not a value", name.name),
                    "use toscalar( … ) for its first cell, or in ( … ) for its first column");
      return broken(name.span);
    }
  }
  if (scope_.open) return make_literal(Scalar::null(Type::kDynamic), name.span);
  unknown_name(name);
  return broken(name.span);
}

void ExpressionBinder::unknown_name(const syntax::Name& name) {
  if (is_null_word(name.name)) {
    binder_.error(name.span, fmt::format("'{}' is not a value in KQL", name.name),
                  text_expected_
                      ? "isempty(x) asks for missing text, isnotempty(x) for the opposite"
                      : "isnull(x) asks for it, for text isempty(x); a typed null is long(null), "
                        "datetime(null) …");
    return;
  }
  if (scope_.ungrouped != nullptr && binder_.find_column(*scope_.ungrouped, name.name) != nullptr) {
    binder_.error(name.span,
                  fmt::format("'{}' is neither aggregated nor in the by list", name.name),
                  fmt::format("summarize … by {0}, or take_any({0}), make_set({0})", name.name));
    return;
  }
  std::vector<std::string> names;
  binder_.scope_->collect_names(names);
  binder_.scope_->collect_library_names(names);
  if (scope_.columns != nullptr) {
    for (const BoundColumn& column : *scope_.columns) names.push_back(column.name);
  }
  std::string hint = made_beside_hint(scope_.beside, name.name);
  if (hint.empty() && text::is_ascii_digit(name.name.front()))
    hint = "units of time are d h m s ms microsecond tick; a week is 7d";
  if (hint.empty() && binder_.aggregates_ != nullptr) hint = call_hint(name.name);
  if (hint.empty()) {
    if (const auto near = nearest(name.name, names))
      hint = fmt::format("did you mean '{}'?", *near);
  }
  if (hint.empty()) hint = call_hint(name.name);
  if (hint.empty() && text_expected_)
    hint = fmt::format("text stands in quotes: \"{}\"", name.name);
  if (scope_.columns != nullptr && scope_.columns->empty()) {
    const std::string empty = binder_.context_.tables.empty_input();
    if (!empty.empty()) hint = empty_input_hint(empty);
  }
  if (hint.empty() && scope_.columns != nullptr && binder_.context_.tables.may_miss_columns())
    hint = "the inputs were sampled in part: --sample all finds columns that come late";
  binder_.error(
      name.span,
      fmt::format("unknown {} '{}'", scope_.columns != nullptr ? "column" : "name", name.name),
      std::move(hint));
}

ExpressionPtr ExpressionBinder::member(ExpressionPtr base, const std::string& name,
                                       SourceSpan span) {
  if (base->type == Type::kUnknown) return broken(span);
  if (base->type != Type::kDynamic) {
    binder_.error(span,
                  fmt::format("only dynamic values have members, this is {}", name_of(base->type)),
                  "parse_json( … ) makes text dynamic");
    return broken(span);
  }
  return call("__member", {std::move(base), make_literal(Scalar::of(name), span)}, span, span);
}

ExpressionPtr ExpressionBinder::bind_path(const syntax::Path& path) {
  if (path.member->kind != syntax::ExpressionKind::kName) {
    binder_.error(path.member->span, "a function call cannot follow '.' here");
    return broken(path.span);
  }
  const auto& name = static_cast<const syntax::Name&>(*path.member);
  if (path.base->kind == syntax::ExpressionKind::kName) {
    if (scope_.extension != nullptr) {
      if (ExpressionPtr value =
              scope_.extension->member(static_cast<const syntax::Name&>(*path.base), name))
        return value;
    }
    const LetValue* const let =
        binder_.scope_->find(static_cast<const syntax::Name&>(*path.base).name);
    if (let != nullptr && let->kind == LetValue::Kind::kEntity &&
        name.name.starts_with("$current_"))
      return make_literal(Scalar::of(std::string()), path.span);
    const std::string& side = static_cast<const syntax::Name&>(*path.base).name;
    const auto* const columns = side == "$left"    ? scope_.left
                                : side == "$right" ? scope_.right
                                                   : nullptr;
    if (columns != nullptr) {
      if (const BoundColumn* const column = binder_.find_column(*columns, name.name))
        return make_column(*column, path.span);
      binder_.unknown_column(*columns, name.name, name.span);
      return broken(path.span);
    }
  }
  // A == cmd.exe
  if (text_expected_ && path.base->kind == syntax::ExpressionKind::kName &&
      !is_column(*path.base)) {
    const std::string& base = static_cast<const syntax::Name&>(*path.base).name;
    if (!scope_.open && binder_.scope_->find(base) == nullptr) {
      binder_.error(path.base->span, fmt::format("unknown column '{}'", base),
                    fmt::format("text stands in quotes: \"{}.{}\"", base, name.name));
      return broken(path.span);
    }
  }
  return member(bind(*path.base), name.name, path.span);
}

ExpressionPtr ExpressionBinder::bind_element(const syntax::Element& element) {
  if (const FunctionDef* const def = several_columns(*element.base))
    return bind_nth_column(element, *def);
  ExpressionPtr base = bind(*element.base);
  ExpressionPtr index = bind(*element.index);
  if (base->type == Type::kUnknown || index->type == Type::kUnknown) return broken(element.span);
  if (index->kind == Expression::Kind::kLiteral && index->type == Type::kString)
    return member(std::move(base), index->literal.get<std::string>(), element.span);
  if (base->type != Type::kDynamic) {
    binder_.error(element.base->span,
                  fmt::format("only dynamic values have elements, this is {}", name_of(base->type)),
                  "parse_json( … ) makes text dynamic");
    return broken(element.span);
  }
  return call("__element", {std::move(base), std::move(index)}, element.span, element.span);
}

ExpressionPtr ExpressionBinder::bind_unary(const syntax::Unary& unary) {
  ExpressionPtr operand = bind(*unary.operand);
  if (!unary.negative || operand->type == Type::kUnknown) return operand;
  return call("negate", {std::move(operand)}, unary.span, unary.span);
}

ExpressionPtr ExpressionBinder::bind_binary(const syntax::Binary& node) {
  // Chains of the same operator lean left and may be thousands long: walk them without recursion.
  std::vector<const syntax::Binary*> chain{&node};
  while (chain.back()->left->kind == syntax::ExpressionKind::kBinary)
    chain.push_back(static_cast<const syntax::Binary*>(chain.back()->left));
  std::vector<ExpressionPtr> left{bind(*chain.back()->left)};  // several: conditions to combine
  std::string_view connective;
  SourceSpan span;
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
    const std::string_view op = (*at)->operator_name;
    const Type type = left.back()->type;
    const bool outer = std::exchange(text_expected_, type == Type::kString && op != "+");
    ExpressionPtr right = bind(*(*at)->right);
    text_expected_ = outer;
    const bool joins = is_connective(op) && type == Type::kBool && right->type == Type::kBool;
    if (!joins || (left.size() > 1 && op != connective))
      left = {combined(*this, connective, left, span)};
    span = (*at)->span;
    if (joins) {
      connective = op;
      left.push_back(std::move(right));
      continue;
    }
    compared_ = *at;
    left = {binary(op, std::move(left.front()), std::move(right), span)};
    compared_ = nullptr;
  }
  return combined(*this, connective, left, span);
}

ExpressionPtr ExpressionBinder::binary(std::string_view op, ExpressionPtr left, ExpressionPtr right,
                                       SourceSpan span) {
  if (left->type == Type::kUnknown || right->type == Type::kUnknown) return broken(span);
  if (is_comparison(op) && left->type != right->type) {
    const auto type = common_type(left->type, right->type);
    // KQL: == and != take values of unlike types, such as text and number; the kernel decides by
    // value.
    if (!type && (op == "==" || op == "!="))
      return call(op, {std::move(left), std::move(right)}, span, span);
    if (!type) {
      std::string hint;
      if (compared_ != nullptr && left->type == Type::kDatetime)
        hint = date_hint(*compared_->right);
      if (compared_ != nullptr && right->type == Type::kDatetime)
        hint = date_hint(*compared_->left);
      if (hint.empty() && left->type == Type::kDatetime && right->type == Type::kTimespan)
        hint = "ago(1d) is the instant a day ago";
      if (hint.empty())
        hint = fmt::format("convert one side, for example with to{}( … )", name_of(left->type));
      binder_.error(
          span, fmt::format("cannot compare {} with {}", name_of(left->type), name_of(right->type)),
          std::move(hint));
      return broken(span);
    }
    left = convert(left, *type, binder_.context_.run);
    right = convert(right, *type, binder_.context_.run);
  }
  return call(op, {std::move(left), std::move(right)}, span, span);
}

bool ExpressionBinder::is_column(const syntax::Expression& expression) const {
  return expression.kind == syntax::ExpressionKind::kName && scope_.columns != nullptr &&
         binder_.find_column(*scope_.columns, static_cast<const syntax::Name&>(expression).name) !=
             nullptr;
}

ExpressionPtr ExpressionBinder::bind_in(const syntax::In& in) {
  std::vector<ExpressionPtr> arguments{bind(*in.left)};
  bool unknown = arguments[0]->type == Type::kUnknown;
  const bool outer = std::exchange(text_expected_, arguments[0]->type == Type::kString);
  const auto add = [&](ExpressionPtr item) {
    unknown = unknown || item->type == Type::kUnknown;
    if (item->type != Type::kUnknown && arguments[0]->type != Type::kUnknown &&
        item->kind == Expression::Kind::kLiteral && item->type != Type::kDynamic &&
        arguments[0]->type != Type::kDynamic && item->type != arguments[0]->type &&
        conversion_cost(item->type, arguments[0]->type)) {
      item = convert(item, arguments[0]->type, binder_.context_.run);
    }
    arguments.push_back(std::move(item));
  };
  for (const syntax::Expression* item : in.items) {
    if (item->kind == syntax::ExpressionKind::kList) {
      for (const syntax::Expression* inner : static_cast<const syntax::List*>(item)->items)
        add(bind(*inner));
    } else if (!is_column(*item) && binder_.is_tabular(*item)) {
      PlanNodePtr table = binder_.bind_table(*item);
      if (table == nullptr) return broken(in.span);
      if (table->columns.empty()) {
        binder_.error(item->span, "the table has no column");
        return broken(in.span);
      }
      if (binder_.checking())
        return unknown ? broken(in.span)
                       : make_call("in", unknown_constant(Type::kBool, in.span)->kernel,
                                   std::move(arguments), in.span);
      const auto batches = binder_.run_now(std::move(table), item->span);
      if (batches == nullptr) return broken(in.span);
      for (const Batch& batch : *batches) {
        for (std::size_t row = 0; row < batch.rows(); ++row)
          add(make_literal(Scalar::from(batch.column(0), row), item->span));
      }
    } else {
      add(bind(*item));
    }
  }
  text_expected_ = outer;
  if (unknown) return broken(in.span);
  return call(in.operator_name, std::move(arguments), in.span, in.operator_span);
}

ExpressionPtr ExpressionBinder::bind_between(const syntax::Between& between) {
  ExpressionPtr value = bind(*between.left);
  ExpressionPtr low = bind(*between.low);
  ExpressionPtr high = bind(*between.high);
  if (value->type == Type::kUnknown || low->type == Type::kUnknown || high->type == Type::kUnknown)
    return broken(between.span);
  if (value->type == Type::kDatetime) {
    for (const syntax::Expression* bound : {between.low, between.high}) {
      const std::string hint = date_hint(*bound);
      if (hint.empty()) continue;
      binder_.error(bound->span, "a bound of a datetime must be a datetime", hint);
      return broken(between.span);
    }
  }
  // KQL: x between (start .. 1d) means start .. start + 1d.
  if (low->type == Type::kDatetime && high->type == Type::kTimespan)
    high = binary("+", low, high, between.high->span);
  ExpressionPtr above = binary(between.negated ? "<" : ">=", value, std::move(low), between.span);
  ExpressionPtr below = binary(between.negated ? ">" : "<=", value, std::move(high), between.span);
  return binary(between.negated ? "or" : "and", std::move(above), std::move(below), between.span);
}

}  // namespace quarry::kql
