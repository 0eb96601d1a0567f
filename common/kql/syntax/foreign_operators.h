// The words of SQL, Splunk, shells and data frames that stand where KQL has an operator, and how
// KQL says it.
#pragma once

#include <optional>
#include <string_view>

namespace quarry::kql::syntax {

/// KQL's form for an operator of another language, in any case: "select" -> "project". `…` in it
/// stands for what is written behind the word. nullopt for words that no language in the table has.
std::optional<std::string_view> kql_operator_for(std::string_view word);

}  // namespace quarry::kql::syntax
