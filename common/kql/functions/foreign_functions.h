// Functions of SQL, Splunk, Python and spreadsheets, and what KQL has instead.
#pragma once

#include <cstddef>
#include <string_view>

namespace quarry::kql::functions {

/// "len" -> "strlen(text)", in any case; empty where nothing is known.
std::string_view kql_function_for(std::string_view name);

/// The same for a KQL name that another language gives other arguments: isnull with two. Empty for
/// others.
std::string_view kql_function_for(std::string_view name, std::size_t arguments);

}  // namespace quarry::kql::functions
