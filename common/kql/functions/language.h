// What the language has beside functions, aggregates and operators of pipelines: statements, words
// between operands, literals, and the functions that the binder answers itself. For `hq functions`
// and for telling them from what is missing.
#pragma once

#include "common/kql/functions/function.h"

#include <span>
#include <string_view>

namespace quarry::kql {

struct LanguageDef {
  std::string_view name;
  std::string_view kind;    // "statement", "word", "literal", "function", "table"
  std::string_view syntax;  // "toscalar(table)"
  std::string_view summary;
  Example example;
};

std::span<const LanguageDef> language_parts();
/// By its name or the first word of it; nullptr where there is none.
const LanguageDef* find_language_part(std::string_view name);

/// Why a name of Kusto can have no meaning on one machine: "asks another service, and hq opens no
/// connection". Empty for others.
std::string_view never_here(std::string_view name);
/// All names that never_here() has a reason for, sorted.
std::span<const std::string_view> names_never_here();

}  // namespace quarry::kql
