// The little of OData's $filter that clients of the fake use: comparisons joined by `and`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::fakes {

/// The text of a field; nullopt for one that cannot be filtered by.
using FieldOf = std::function<std::optional<std::string>(std::string_view field)>;

/// nullopt where the filter is none that we understand ("400 ODataError").
std::optional<bool> fits_filter(std::string_view filter, const FieldOf& field_of);

}  // namespace quarry::fakes
