#include "common/kql/operators/text_parsing.h"

#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/take_apart_node.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

exec::TextPiece::Shape shape_of(Type type) {
  if (is_integer(type)) return exec::TextPiece::Shape::kInteger;
  if (is_numeric(type)) return exec::TextPiece::Shape::kReal;
  return exec::TextPiece::Shape::kAny;
}

Type type_of(const PatternItem& item) { return parse_type(item.type_name).value_or(Type::kString); }

/// `relaxed`: a field may hold anything; what does not convert is null by itself.
exec::TextPattern plain_pattern(const std::vector<PatternItem>& items, bool relaxed) {
  std::vector<exec::TextPiece> pieces;
  for (const PatternItem& item : items) {
    exec::TextPiece piece;
    switch (item.kind) {
      case PatternItem::Kind::kText:
        piece.text = item.text;
        break;
      case PatternItem::Kind::kStar:
        piece.kind = exec::TextPiece::Kind::kSkip;
        break;
      case PatternItem::Kind::kColumn:
        piece.kind = exec::TextPiece::Kind::kField;
        piece.shape = relaxed ? exec::TextPiece::Shape::kAny : shape_of(type_of(item));
        break;
    }
    pieces.push_back(std::move(piece));
  }
  return exec::TextPattern(std::move(pieces));
}

constexpr std::string_view kGroupPrefix = "quarry_field_";

/// KQL: in a regex a column is a greedy group, `*` a lazy one; the texts are regexes themselves.
std::string regex_text(const std::vector<PatternItem>& items, const std::string& flags) {
  std::string pattern = flags.empty() ? "^" : fmt::format("(?{})^", flags);
  std::size_t fields = 0;
  for (const PatternItem& item : items) {
    if (item.kind == PatternItem::Kind::kText) pattern += item.text;
    if (item.kind == PatternItem::Kind::kStar)
      pattern += flags.find('U') == std::string::npos ? "(?:.*?)" : "(?:.*)";
    if (item.kind != PatternItem::Kind::kColumn) continue;
    const auto shape = shape_of(type_of(item));
    const std::string_view body = shape == exec::TextPiece::Shape::kInteger ? "[+-]?[0-9]+"
                                  : shape == exec::TextPiece::Shape::kReal
                                      ? "[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
                                      : ".*";
    pattern += fmt::format("(?P<{}{}>{})", kGroupPrefix, fields++, body);
  }
  return pattern;
}

std::optional<exec::RegexFields> regex_pattern(Binder& binder, const ParseSyntax& node,
                                               const std::string& flags) {
  auto regex = Regex::compile(regex_text(node.items, flags));
  if (!regex) {
    const auto text =
        std::find_if(node.items.begin(), node.items.end(),
                     [](const PatternItem& item) { return item.kind == PatternItem::Kind::kText; });
    binder.error(text == node.items.end() ? node.span : text->span, regex.error().message(),
                 regex.error().hint());
    return std::nullopt;
  }
  exec::RegexFields result{std::move(*regex), {}};
  const std::vector<std::string> names = result.regex.group_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].starts_with(kGroupPrefix)) result.groups.push_back(i);
  }
  return result;
}

}  // namespace

ExpressionPtr field_as(Binder& binder, const BoundColumn& field, Type type, SourceSpan span) {
  static constexpr std::string_view kCasts[]{"",           "tobool",    "toint",    "tolong",
                                             "toreal",     "todecimal", "tostring", "todatetime",
                                             "totimespan", "toguid",    "todynamic"};
  if (type == Type::kString) return make_column(field, span);
  return ExpressionBinder(binder, RowScope::none())
      .call(kCasts[static_cast<std::size_t>(type)], {make_column(field, span)}, span, span);
}

std::vector<NamedValue> with_fields(const std::vector<NamedValue>& before,
                                    std::vector<NamedValue> values) {
  UniqueNames names;
  for (const NamedValue& value : before) names.take(value.name);
  std::vector<NamedValue> all = before;
  for (NamedValue& value : values) {
    value.name = names.make(value.name);
    all.push_back(std::move(value));
  }
  return all;
}

syntax::OperatorNode* parse_text_parsing(syntax::Parser& parser) {
  auto* const node = parser.make<ParseSyntax>();
  node->parameters = parse_named_parameters(parser, {"kind", "flags"});
  node->text = parser.parse_expression();
  if (!parser.expect_keyword("with")) return node;
  while (!parser.at_operator_end()) {
    PatternItem item;
    item.span = parser.peek().span;
    if (parser.accept(syntax::TokenKind::kStar)) {
      item.kind = PatternItem::Kind::kStar;
    } else if (parser.at(syntax::TokenKind::kString)) {
      item.text = parser.next().text;
    } else {
      item.kind = PatternItem::Kind::kColumn;
      const syntax::Name* const name = parser.parse_name("a text, a column or '*'");
      if (name->name.empty()) break;
      item.text = name->name;
      if (parser.accept(syntax::TokenKind::kColon)) item.type_name = parser.parse_type_name();
    }
    node->items.push_back(std::move(item));
  }
  return node;
}

PlanNodePtr bind_text_parsing(Binder& binder, const ParseSyntax& node, PlanNodePtr input,
                              Misfits misfits) {
  const std::string kind =
      parameter_choice(binder, node.parameters, "kind", {"simple", "regex", "relaxed"})
          .value_or("simple");
  const syntax::OperatorParameter* const flags = find_parameter(node.parameters, "flags");
  auto apart = std::make_unique<TakeApartNode>();
  apart->text =
      binder.bind_as(*node.text, RowScope::of(*input), Type::kString, "the text to parse");
  if (apart->text->type == Type::kUnknown) return nullptr;
  if (kind == "regex") {
    auto regex =
        regex_pattern(binder, node, flags == nullptr ? std::string() : parameter_text(*flags));
    if (!regex) return nullptr;
    apart->pattern = std::move(*regex);
  } else {
    apart->pattern = plain_pattern(node.items, kind == "relaxed");
  }
  const std::vector<NamedValue> before = pass_all(*input);
  std::vector<NamedValue> values;
  apart->fits = binder.new_column("fits", Type::kBool);
  ExpressionPtr sound = make_column(apart->fits);
  ExpressionBinder expressions(binder, RowScope::none());
  for (const PatternItem& item : node.items) {
    if (item.kind != PatternItem::Kind::kColumn) continue;
    apart->fields.push_back(binder.new_column(item.text, Type::kString));
    ExpressionPtr value = field_as(binder, apart->fields.back(), type_of(item), item.span);
    if (value->type != Type::kString && kind != "relaxed") {
      sound = expressions.binary(
          "and", sound, expressions.call("isnotnull", {value}, item.span, item.span), item.span);
    }
    values.push_back({item.text, std::move(value), item.span, true});
  }
  apart->inputs.push_back(std::move(input));
  apart->update_columns();
  PlanNodePtr result = std::move(apart);
  if (misfits == Misfits::kDropped) {
    result = binder.filter(std::move(result), sound);
  } else if (sound->kind != Expression::Kind::kColumn) {  // one value that does not convert: the
                                                          // whole pattern does not fit
    for (NamedValue& value : values) {
      const Type type = value.value->type;
      const ExpressionPtr null = make_literal(
          type == Type::kString ? Scalar::of(std::string()) : Scalar::null(type), value.span);
      value.value = expressions.call("iff", {sound, value.value, null}, value.span, value.span);
    }
  }
  // The fields and the verdict stay behind; what the pattern names is added to what was there
  // before.
  return binder.project(std::move(result), with_fields(before, std::move(values)));
}

}  // namespace quarry::kql::operators
