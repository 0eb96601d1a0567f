#include "common/base/suggest.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace quarry {
namespace {

// One cell of the last row needs the two rows above it: the one before last serves swapped
// neighbours.
std::size_t distance_ignoring_case(std::string_view a, std::string_view b, std::size_t limit) {
  std::vector<std::size_t> two_above(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  const auto same = [&](std::size_t i, std::size_t j) {
    return text::ascii_lower(a[i - 1]) == text::ascii_lower(b[j - 1]);
  };
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same(i, j) ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j);
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
    // Swaps look two rows up, but what they add is never below the smaller of the last two rows.
    const std::size_t best = std::min(*std::min_element(row.begin(), row.end()),
                                      *std::min_element(above.begin(), above.end()));
    if (best > limit) return limit + 1;
    std::swap(two_above, above);
    std::swap(above, row);
  }
  return std::min(above[b.size()], limit + 1);
}

template <class Text>
std::optional<std::string> nearest_of(std::string_view name, std::span<const Text> candidates) {
  std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  const Text* best = nullptr;
  for (const Text& candidate : candidates) {
    if (text::iequals_ascii(name, candidate)) return std::string(candidate);
    const std::size_t distance = edit_distance(name, candidate, limit);
    // Where every letter would have to change, nothing is alike ("x" and "y").
    const bool alike = distance < std::max(name.size(), candidate.size());
    if (!alike || distance > limit) continue;
    best = &candidate;
    limit = distance - 1;  // from here on only a nearer one counts
  }
  if (best == nullptr) return std::nullopt;
  return std::string(*best);
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a == b) return 0;
  const std::size_t length_gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (length_gap > limit) return limit + 1;
  return std::min(std::max<std::size_t>(1, distance_ignoring_case(a, b, limit)), limit + 1);
}

std::optional<std::string> nearest(std::string_view name,
                                   std::span<const std::string_view> candidates) {
  return nearest_of(name, candidates);
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  return nearest_of(name, candidates);
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  const std::optional<std::string> found = nearest(name, candidates);
  return found ? fmt::format("did you mean '{}'?", *found) : std::string();
}

}  // namespace quarry
