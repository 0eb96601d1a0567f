#include "common/kql/operators/predicate_names.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

class Walk {
 public:
  explicit Walk(PredicateNames& found) : found_(found) {}

  /// The expression stands where a truth value is wanted: a text there is a term.
  void condition(const syntax::Expression& expression) {
    switch (expression.kind) {
      case syntax::ExpressionKind::kLiteral:
        found_.whole_row =
            found_.whole_row ||
            static_cast<const syntax::Literal&>(expression).literal != syntax::LiteralKind::kBool;
        return;
      case syntax::ExpressionKind::kBinary:
        return binary(static_cast<const syntax::Binary&>(expression));
      case syntax::ExpressionKind::kCall: {
        const auto& call = static_cast<const syntax::Call&>(expression);
        if (call.name != "not" || call.arguments.size() != 1) break;
        return condition(*call.arguments[0]);
      }
      default:
        break;
    }
    value(expression);
  }

 private:
  /// Chains lean left and may be long: down the left side without recursion.
  void binary(const syntax::Binary& written) {
    std::vector<const syntax::Binary*> chain{&written};
    const auto joins = [](const syntax::Binary& each) {
      return each.operator_name == "and" || each.operator_name == "or";
    };
    while (joins(*chain.back()) && chain.back()->left->kind == syntax::ExpressionKind::kBinary) {
      chain.push_back(static_cast<const syntax::Binary*>(chain.back()->left));
    }
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
      const bool last = at == chain.rbegin();
      if (joins(**at)) {
        if (last) condition(*(*at)->left);
        condition(*(*at)->right);
      } else {
        values_of_chain(**at);
      }
    }
  }

  void values_of_chain(const syntax::Binary& written) {
    std::vector<const syntax::Binary*> chain{&written};
    while (chain.back()->left->kind == syntax::ExpressionKind::kBinary)
      chain.push_back(static_cast<const syntax::Binary*>(chain.back()->left));
    value(*chain.back()->left);
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) value(*(*at)->right);
  }

  void all(const std::vector<syntax::Expression*>& list) {
    for (const syntax::Expression* each : list) value(*each);
  }

  void value(const syntax::Expression& expression) {
    switch (expression.kind) {
      case syntax::ExpressionKind::kStar:
        found_.whole_row = true;
        return;
      case syntax::ExpressionKind::kName:
        return name(static_cast<const syntax::Name&>(expression));
      case syntax::ExpressionKind::kPath:
        return value(*static_cast<const syntax::Path&>(expression).base);
      case syntax::ExpressionKind::kElement:
        value(*static_cast<const syntax::Element&>(expression).base);
        return value(*static_cast<const syntax::Element&>(expression).index);
      case syntax::ExpressionKind::kUnary:
        return value(*static_cast<const syntax::Unary&>(expression).operand);
      case syntax::ExpressionKind::kBinary:
        return values_of_chain(static_cast<const syntax::Binary&>(expression));
      case syntax::ExpressionKind::kIn:
        value(*static_cast<const syntax::In&>(expression).left);
        return all(static_cast<const syntax::In&>(expression).items);
      case syntax::ExpressionKind::kBetween:
        value(*static_cast<const syntax::Between&>(expression).left);
        value(*static_cast<const syntax::Between&>(expression).low);
        return value(*static_cast<const syntax::Between&>(expression).high);
      case syntax::ExpressionKind::kCall:
        return all(static_cast<const syntax::Call&>(expression).arguments);
      case syntax::ExpressionKind::kNamed:
        return value(*static_cast<const syntax::Named&>(expression).value);
      case syntax::ExpressionKind::kList:
        return all(static_cast<const syntax::List&>(expression).items);
      default:
        return;
    }
  }

  void name(const syntax::Name& written) {
    const bool known =
        std::any_of(found_.names.begin(), found_.names.end(),
                    [&](const syntax::Name* each) { return each->name == written.name; });
    if (!known && !written.name.empty()) found_.names.push_back(&written);
  }

  PredicateNames& found_;
};

}  // namespace

PredicateNames names_in_predicate(const syntax::Expression& predicate) {
  PredicateNames found;
  Walk(found).condition(predicate);
  return found;
}

}  // namespace quarry::kql::operators
