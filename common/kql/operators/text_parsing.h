// What parse and parse-where share: the pattern behind `with`, and the columns that come out of it.
#pragma once

#include "common/kql/bind/binder.h"
#include "common/kql/syntax/parser.h"

#include <string>
#include <vector>

namespace quarry::kql::operators {

struct PatternItem {
  enum class Kind : std::uint8_t { kText, kColumn, kStar };
  Kind kind = Kind::kText;
  std::string text;       // kText, and the name of kColumn
  std::string type_name;  // kColumn; empty: string
  SourceSpan span;
};

struct ParseSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  syntax::Expression* text = nullptr;
  std::vector<PatternItem> items;
};

/// [kind=…] [flags=…] Expression with "text" Column:type * …
syntax::OperatorNode* parse_text_parsing(syntax::Parser& parser);

/// The input with the pattern's columns; rows that do not fit have nulls there, or are left out.
/// Null after an error.
enum class Misfits : std::uint8_t { kNull, kDropped };
PlanNodePtr bind_text_parsing(Binder& binder, const ParseSyntax& node, PlanNodePtr input,
                              Misfits misfits);

/// A text field as a type, converted as the cast functions do.
ExpressionPtr field_as(Binder& binder, const BoundColumn& field, Type type, SourceSpan span);

/// The input's columns with `values` added; a name that is there already gets a number.
std::vector<NamedValue> with_fields(const std::vector<NamedValue>& before,
                                    std::vector<NamedValue> values);

}  // namespace quarry::kql::operators
