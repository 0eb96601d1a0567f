// What may have been meant by a name or a comparison that has no meaning: words of other languages,
// names made beside, text without quotes, dates without datetime( … ).
#pragma once

#include "common/kql/bind/scope.h"
#include "common/kql/functions/registry.h"
#include "common/kql/syntax/ast.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

/// countif(a = 1): Kusto's parser reads a name that nobody would see. Such names before real
/// conditions (x = a == 1) are harmless.
bool names_a_literal(const syntax::Expression& argument);

/// True for null, NULL, None, nil: what other languages call the absence of a value.
bool is_null_word(std::string_view name);

/// "max" -> "max( … ) is a function": for a name that is no column, but a function without its
/// parentheses. Empty for others.
std::string call_hint(std::string_view name);

/// For a name that an item of the same list makes (extend a = 1, b = a). Empty for others.
std::string made_beside_hint(const std::vector<syntax::Expression*>* list, std::string_view name);

/// For a column of an input that holds nothing, so has none.
std::string empty_input_hint(std::string_view input);

/// For `2026-06-03` and "2026-06-03" beside a datetime: datetime(2026-06-03). Empty for others.
std::string date_hint(const syntax::Expression& written);

/// For arguments of a type that the function does not take, where it is clear what was meant:
/// ago("1d"), ago(7), a == 1 or "x". Empty for others.
std::string argument_hint(const FunctionDef& def, std::span<const Argument> arguments);

}  // namespace quarry::kql
