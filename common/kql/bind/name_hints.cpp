#include "common/kql/bind/name_hints.h"

#include "common/base/text.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace quarry::kql {
namespace {

/// The value of a whole number written in the query; nullopt for anything else.
std::optional<std::int64_t> whole_number(const syntax::Expression& expression) {
  if (expression.kind != syntax::ExpressionKind::kLiteral) return std::nullopt;
  const auto& literal = static_cast<const syntax::Literal&>(expression);
  if (literal.literal != syntax::LiteralKind::kLong || literal.is_null) return std::nullopt;
  return literal.integer;
}

/// The sides of `left - right`.
const syntax::Binary* difference(const syntax::Expression& expression) {
  if (expression.kind != syntax::ExpressionKind::kBinary) return nullptr;
  const auto& binary = static_cast<const syntax::Binary&>(expression);
  return binary.operator_name == "-" ? &binary : nullptr;
}

}  // namespace

bool names_a_literal(const syntax::Expression& argument) {
  return argument.kind == syntax::ExpressionKind::kNamed &&
         static_cast<const syntax::Named&>(argument).value->kind ==
             syntax::ExpressionKind::kLiteral;
}

bool is_null_word(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kWords{"null", "none", "nil", "nullptr"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text::iequals_ascii(word, name); });
}

std::string call_hint(std::string_view name) {
  const FunctionRegistry& registry = FunctionRegistry::built_in();
  const FunctionDef* const scalar = registry.scalar(name);
  const bool known =
      (scalar != nullptr && !scalar->hidden) || registry.aggregate(name).def != nullptr;
  return known ? fmt::format("'{0}' is a function: write {0}( … )", name) : std::string();
}

std::string empty_input_hint(std::string_view input) {
  return fmt::format(
      "{} is empty: what holds no row names no column; --schema or a schema line (--typed) does",
      input);
}

std::string made_beside_hint(const std::vector<syntax::Expression*>* list, std::string_view name) {
  if (list == nullptr) return {};
  for (const syntax::Expression* item : *list) {
    if (item->kind != syntax::ExpressionKind::kNamed) continue;
    for (const syntax::Name* made : static_cast<const syntax::Named*>(item)->names) {
      if (made->name == name)
        return fmt::format("'{}' is made by the same operator; use it in the next one: | extend …",
                           name);
    }
  }
  return {};
}

std::string date_hint(const syntax::Expression& written) {
  if (written.kind == syntax::ExpressionKind::kLiteral) {
    const auto& literal = static_cast<const syntax::Literal&>(written);
    if (literal.literal != syntax::LiteralKind::kString || !parse_datetime(literal.text)) return {};
    return fmt::format("write datetime({})", literal.text);
  }
  const syntax::Binary* const day = difference(written);
  const syntax::Binary* const month = day != nullptr ? difference(*day->left) : nullptr;
  if (month == nullptr) return {};
  const auto y = whole_number(*month->left);
  const auto m = whole_number(*month->right);
  const auto d = whole_number(*day->right);
  const bool date =
      y && m && d && *y >= 1000 && *y <= 9999 && *m >= 1 && *m <= 12 && *d >= 1 && *d <= 31;
  return date
             ? fmt::format("a difference of numbers stands here; write datetime({:04}-{:02}-{:02})",
                           *y, *m, *d)
             : std::string();
}

std::string argument_hint(const FunctionDef& def, std::span<const Argument> arguments) {
  const auto is_text = [](const Argument& argument) { return argument.type == Type::kString; };
  if ((def.name == "or" || def.name == "and") &&
      std::any_of(arguments.begin(), arguments.end(), is_text)) {
    return fmt::format(
        "each side is a condition: x == \"a\" {} x == \"b\"; one of several is x in (\"a\", "
        "\"b\"), has_any for parts of a text",
        def.name);
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Scalar* const constant = arguments[i].constant;
    const bool wanted = std::any_of(
        def.overloads.begin(), def.overloads.end(),
        [&](const Overload& each) { return i < each.count && each.params[i] == Type::kTimespan; });
    if (!wanted || constant == nullptr || constant->is_null()) continue;
    if (is_text(arguments[i]) && parse_timespan_literal(constant->get<std::string>())) {
      return fmt::format("without quotes: {}({})", def.name, constant->get<std::string>());
    }
    if (arguments[i].type == Type::kLong) {
      return fmt::format("a timespan has a unit: {0}({1}d), {0}({1}h), {0}({1}m)", def.name,
                         constant->get<std::int64_t>());
    }
  }
  return {};
}

}  // namespace quarry::kql
