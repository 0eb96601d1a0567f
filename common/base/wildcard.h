// Names and wildcards of KQL: Device*, *Id, *.
#pragma once

#include <cstddef>
#include <string_view>

namespace quarry {

/// True where the name fits a wildcard of `*` (any characters, also none). Takes at most the
/// product of the lengths, however many stars there are.
inline bool fits_wildcard(std::string_view wildcard, std::string_view name) {
  std::size_t w = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < name.size()) {
    if (w < wildcard.size() && wildcard[w] == '*') {
      star = w++;
      resume = n;
    } else if (w < wildcard.size() && wildcard[w] == name[n]) {
      ++w;
      ++n;
    } else if (star != std::string_view::npos) {
      w = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (w < wildcard.size() && wildcard[w] == '*') ++w;
  return w == wildcard.size();
}

}  // namespace quarry
