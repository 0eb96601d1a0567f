// "Did you mean": the nearest of the known names.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry {

/// Damerau-Levenshtein distance between bytes (insert, delete, replace, swap neighbours), ASCII
/// case ignored; texts that differ in case only are at distance 1. Above `limit` it stops early and
/// returns limit + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The nearest candidate, or nullopt where none is near enough (a third of the length, at least 1).
/// A difference in case only always matches.
std::optional<std::string> nearest(std::string_view name,
                                   std::span<const std::string_view> candidates);
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

/// "did you mean 'strcat'?" or "".
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace quarry
