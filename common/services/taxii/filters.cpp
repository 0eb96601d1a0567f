#include "common/services/taxii/filters.h"

#include <algorithm>

namespace quarry::services::taxii {

std::string Filters::canonical() const {
  auto sorted = match;
  std::sort(sorted.begin(), sorted.end());
  std::string text;
  for (const auto& [key, value] : sorted) text += "match[" + key + "]=" + value + "\n";
  return text;
}

net::Parameters parameters_of(const Filters& filters,
                              const std::optional<std::string>& added_after) {
  net::Parameters parameters;
  if (added_after) parameters.emplace_back("added_after", *added_after);
  for (const auto& [key, value] : filters.match)
    parameters.emplace_back("match[" + key + "]", value);
  return parameters;
}

}  // namespace quarry::services::taxii
