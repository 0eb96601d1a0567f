#include "common/kql/operators/parameters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace quarry::kql::operators {

std::vector<syntax::OperatorParameter> parse_named_parameters(
    syntax::Parser& parser, std::initializer_list<std::string_view> names) {
  std::vector<syntax::OperatorParameter> parameters;
  while (parser.at(syntax::TokenKind::kName) && !parser.peek().bracketed) {
    const bool hint =
        parser.peek().text == "hint" && parser.peek(1).kind == syntax::TokenKind::kDot;
    const bool known = std::find(names.begin(), names.end(), parser.peek().text) != names.end() &&
                       parser.peek(1).kind == syntax::TokenKind::kAssign;
    if (!hint && !known) break;
    syntax::OperatorParameter parameter;
    parameter.name_span = parser.peek().span;
    parameter.name = parser.next().text;
    if (hint) {
      parser.next();
      parameter.name += '.' + parser.next().text;
    }
    parser.expect(syntax::TokenKind::kAssign, "'='");
    const bool word =
        parser.at(syntax::TokenKind::kName) || parser.at(syntax::TokenKind::kOpenBracket);
    parameter.value = word ? parser.parse_name("a value") : parser.parse_expression();
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

const syntax::OperatorParameter* find_parameter(
    const std::vector<syntax::OperatorParameter>& parameters, std::string_view name) {
  const auto found =
      std::find_if(parameters.begin(), parameters.end(),
                   [&](const syntax::OperatorParameter& each) { return each.name == name; });
  return found == parameters.end() ? nullptr : &*found;
}

std::string parameter_text(const syntax::OperatorParameter& parameter) {
  switch (parameter.value->kind) {
    case syntax::ExpressionKind::kName:
      return static_cast<const syntax::Name&>(*parameter.value).name;
    case syntax::ExpressionKind::kLiteral: {
      const auto& literal = static_cast<const syntax::Literal&>(*parameter.value);
      if (literal.literal == syntax::LiteralKind::kBool) return literal.boolean ? "true" : "false";
      if (literal.literal == syntax::LiteralKind::kLong) return std::to_string(literal.integer);
      return literal.text;
    }
    default:
      return {};
  }
}

std::optional<std::string> parameter_choice(
    Binder& binder, const std::vector<syntax::OperatorParameter>& parameters, std::string_view name,
    std::initializer_list<std::string_view> choices) {
  const syntax::OperatorParameter* const parameter = find_parameter(parameters, name);
  if (parameter == nullptr) return std::nullopt;
  std::string text = parameter_text(*parameter);
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
  binder.error(parameter->value->span, fmt::format("{} cannot be '{}'", name, text),
               fmt::format("one of {}", fmt::join(choices, " ")));
  return std::nullopt;
}

void check_parameters(Binder& binder, const std::vector<syntax::OperatorParameter>& parameters,
                      std::initializer_list<std::string_view> known) {
  for (const syntax::OperatorParameter& parameter : parameters) {
    if (parameter.name.starts_with("hint.") ||
        std::find(known.begin(), known.end(), parameter.name) != known.end())
      continue;
    binder.error(
        parameter.name_span, fmt::format("unknown parameter '{}'", parameter.name),
        known.size() == 0 ? std::string() : fmt::format("there are {}", fmt::join(known, " ")));
  }
}

}  // namespace quarry::kql::operators
