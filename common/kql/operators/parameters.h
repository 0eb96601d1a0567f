// What operators do with `kind=inner hint.strategy=broadcast`: look a parameter up, check its
// value, refuse unknown names.
#pragma once

#include "common/kql/bind/binder.h"
#include "common/kql/syntax/parser.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::operators {

/// Parses hint.… and the parameters with the given names, as many as there are: for operators whose
/// list may begin with `name = …` too.
std::vector<syntax::OperatorParameter> parse_named_parameters(
    syntax::Parser& parser, std::initializer_list<std::string_view> names);

/// Null where it is not given.
const syntax::OperatorParameter* find_parameter(
    const std::vector<syntax::OperatorParameter>& parameters, std::string_view name);

/// The value as text, however it is written: a word, a string, true or false.
std::string parameter_text(const syntax::OperatorParameter& parameter);

/// The text of a parameter that takes one of a few words; nullopt where it is not given, or wrong
/// (then reported).
std::optional<std::string> parameter_choice(
    Binder& binder, const std::vector<syntax::OperatorParameter>& parameters, std::string_view name,
    std::initializer_list<std::string_view> choices);

/// Reports parameters that the operator does not have. Hints to the service (hint.…) are always
/// fine.
void check_parameters(Binder& binder, const std::vector<syntax::OperatorParameter>& parameters,
                      std::initializer_list<std::string_view> known);

}  // namespace quarry::kql::operators
