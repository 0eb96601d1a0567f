// What is asked of a collection, as query parameters.
#pragma once

#include "common/net/url.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quarry::services::taxii {

struct Filters {
  /// match[KEY]=VALUE pairs, in order: type, id, version, spec_version.
  std::vector<std::pair<std::string, std::string>> match;
  std::uint64_t limit = 0;  // objects a page; 0: the server's choice

  /// The same filters give the same text: part of the name of a state.
  std::string canonical() const;
};

/// Everything but limit and next, which paging sets.
net::Parameters parameters_of(const Filters& filters,
                              const std::optional<std::string>& added_after);

}  // namespace quarry::services::taxii
