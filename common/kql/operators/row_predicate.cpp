#include "common/kql/operators/row_predicate.h"

#include "common/kql/bind/expression_binder.h"
#include "common/kql/kernel/regex.h"
#include "common/kql/plan/needles.h"

#include <span>

namespace quarry::kql::operators {
namespace {

/// How a term is looked for, and the text that remains of it: `*x` ends with it, `x*` begins with
/// it, `*x*` holds it anywhere.
struct Term {
  std::string_view op;  // empty: everything fits
  std::string text;
};

Term term_of(std::string_view written, TermCase term_case) {
  const bool sensitive = term_case == TermCase::kSensitive;
  std::string_view text = written;
  const bool open_begin = text.starts_with('*');
  if (open_begin) text.remove_prefix(1);
  const bool open_end = text.ends_with('*');
  if (open_end) text.remove_suffix(1);
  if (text.empty()) return {};
  if (text.find('*') != std::string_view::npos) {
    std::string pattern = sensitive ? "" : "(?i)";
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t star = std::min(text.find('*', begin), text.size());
      pattern += regex_quote(text.substr(begin, star - begin));
      if (star < text.size()) pattern += ".*";
      begin = star + 1;
    }
    return {"matches regex", std::move(pattern)};
  }
  if (open_begin && open_end) return {sensitive ? "contains_cs" : "contains", std::string(text)};
  if (open_begin) return {sensitive ? "hassuffix_cs" : "hassuffix", std::string(text)};
  if (open_end) return {sensitive ? "hasprefix_cs" : "hasprefix", std::string(text)};
  return {sensitive ? "has_cs" : "has", std::string(text)};
}

RowScope scope_of(const PlanNode& input, const RowPredicateOptions& options) {
  RowScope scope = RowScope::of(input);
  scope.open = scope.open || options.missing == MissingColumns::kNull;
  return scope;
}

class RowPredicateBinder {
 public:
  RowPredicateBinder(Binder& binder, const PlanNode& input, const RowPredicateOptions& options)
      : binder_(binder),
        input_(input),
        options_(options),
        scope_(scope_of(input, options)),
        expressions_(binder, scope_) {}

  ExpressionPtr bind(const syntax::Expression& expression) {
    switch (expression.kind) {
      case syntax::ExpressionKind::kStar:
        return make_literal(Scalar::of(true), expression.span);
      case syntax::ExpressionKind::kLiteral:
        if (options_.terms) return term(static_cast<const syntax::Literal&>(expression));
        break;
      case syntax::ExpressionKind::kCall: {
        const auto& call = static_cast<const syntax::Call&>(expression);
        if (call.name != "not" || call.arguments.size() != 1) break;
        return expressions_.call("not", {bind(*call.arguments[0])}, call.span, call.name_span);
      }
      case syntax::ExpressionKind::kBinary:
        return bind_binary(static_cast<const syntax::Binary&>(expression));
      case syntax::ExpressionKind::kIn: {
        const auto& in = static_cast<const syntax::In&>(expression);
        if (in.left->kind != syntax::ExpressionKind::kStar) break;
        std::vector<ExpressionPtr> items;
        for (const syntax::Expression* item : in.items)
          items.push_back(binder_.bind(*item, scope_));
        return over_columns(in.operator_name, items, in.span);
      }
      default:
        break;
    }
    return binder_.bind_predicate(expression, scope_);
  }

 private:
  ExpressionPtr bind_binary(const syntax::Binary& binary) {
    if (binary.operator_name == "and" || binary.operator_name == "or") {
      return expressions_.binary(binary.operator_name, bind(*binary.left), bind(*binary.right),
                                 binary.span);
    }
    const bool colon = binary.operator_name == "has" && binary.operator_span.length == 1;
    if (binary.left->kind == syntax::ExpressionKind::kStar) {
      if (colon && binary.right->kind == syntax::ExpressionKind::kLiteral)
        return term(static_cast<const syntax::Literal&>(*binary.right));
      return over_columns(binary.operator_name, {binder_.bind(*binary.right, scope_)}, binary.span);
    }
    if (!colon || binary.right->kind != syntax::ExpressionKind::kLiteral)
      return binder_.bind_predicate(binary, scope_);
    const ExpressionPtr column = as_text(binder_.bind(*binary.left, scope_));
    const Term wanted =
        term_of(text_of(static_cast<const syntax::Literal&>(*binary.right)), options_.term_case);
    if (wanted.op.empty())
      return expressions_.call("isnotempty", {column}, binary.span, binary.operator_span);
    return expressions_.call(wanted.op,
                             {column, make_literal(Scalar::of(wanted.text), binary.right->span)},
                             binary.span, binary.operator_span);
  }

  std::string text_of(const syntax::Literal& literal) const {
    const ExpressionPtr value = as_text(binder_.bind(literal, RowScope::none()));
    return value->kind == Expression::Kind::kLiteral && value->type == Type::kString
               ? value->literal.get<std::string>()
               : literal.text;
  }

  ExpressionPtr as_text(const ExpressionPtr& value) const {
    if (value->type == Type::kString || value->type == Type::kUnknown) return value;
    return ExpressionBinder(binder_, scope_).call("tostring", {value}, value->span, value->span);
  }

  ExpressionPtr term(const syntax::Literal& literal) {
    const Term wanted = term_of(text_of(literal), options_.term_case);
    if (wanted.op.empty()) return make_literal(Scalar::of(true), literal.span);
    return over_columns(wanted.op, {make_literal(Scalar::of(wanted.text), literal.span)},
                        literal.span);
  }

  /// column op values, for some column that holds text.
  ExpressionPtr over_columns(std::string_view op, const std::vector<ExpressionPtr>& values,
                             SourceSpan span) {
    std::vector<ExpressionPtr> tests;
    for (const BoundColumn& column : input_.columns) {
      if (column.type != Type::kString && column.type != Type::kDynamic) continue;
      std::vector<ExpressionPtr> arguments{as_text(make_column(column, span))};
      arguments.insert(arguments.end(), values.begin(), values.end());
      tests.push_back(expressions_.call(op, std::move(arguments), span, span));
    }
    return any_of(tests, span);
  }

  /// Neighbours first, so that thousands of columns make a tree of a dozen levels, not a chain.
  ExpressionPtr any_of(std::span<const ExpressionPtr> tests, SourceSpan span) {
    if (tests.empty()) return make_literal(Scalar::of(false), span);
    if (tests.size() == 1) return tests.front();
    const std::size_t half = tests.size() / 2;
    return expressions_.binary("or", any_of(tests.first(half), span),
                               any_of(tests.subspan(half), span), span);
  }

  Binder& binder_;
  const PlanNode& input_;
  RowPredicateOptions options_;
  RowScope scope_;
  ExpressionBinder expressions_;
};

}  // namespace

bool has_star(const syntax::Expression& expression) {
  switch (expression.kind) {
    case syntax::ExpressionKind::kStar:
      return true;
    case syntax::ExpressionKind::kIn:
      return static_cast<const syntax::In&>(expression).left->kind == syntax::ExpressionKind::kStar;
    case syntax::ExpressionKind::kCall: {
      const auto& call = static_cast<const syntax::Call&>(expression);
      return call.name == "not" && call.arguments.size() == 1 && has_star(*call.arguments[0]);
    }
    case syntax::ExpressionKind::kBinary: {
      const syntax::Expression* at = &expression;  // chains lean left and may be long
      while (at->kind == syntax::ExpressionKind::kBinary) {
        const auto& binary = static_cast<const syntax::Binary&>(*at);
        if (binary.left->kind == syntax::ExpressionKind::kStar) return true;
        if ((binary.operator_name == "and" || binary.operator_name == "or") &&
            has_star(*binary.right))
          return true;
        at = binary.left;
      }
      return false;
    }
    default:
      return false;
  }
}

ExpressionPtr bind_row_predicate(Binder& binder, const syntax::Expression& expression,
                                 const PlanNode& input, const RowPredicateOptions& options) {
  const ExpressionPtr predicate = RowPredicateBinder(binder, input, options).bind(expression);
  if (predicate->type != Type::kUnknown) {
    // A row that lacks a needle fails, whatever columns it has: any of them will do.
    std::vector<ExpressionPtr> conjuncts;
    split_conjunction(predicate, conjuncts);
    const std::vector<table::Needle> needles = plan::find_needles(conjuncts);
    binder.want_every_column(needles.empty() ? std::vector<std::string>() : needles.front().any_of);
  }
  return predicate;
}

}  // namespace quarry::kql::operators
