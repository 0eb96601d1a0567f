// The rules of the house, each a function from the source tree to findings. No finding: the house
// stands.
#pragma once

#include "tests/architecture/rooms.h"
#include "tests/architecture/source_tree.h"

#include <string>
#include <vector>

namespace quarry::architecture {

struct Finding {
  std::string path;
  std::size_t line = 0;  ///< 0: the file as a whole
  std::string message;
};

using Findings = std::vector<Finding>;

/// A room includes only rooms of its row; third-party headers stay with their owners; project
/// headers are named from the root.
Findings check_includes(const House& house, const SourceTree& tree);

/// What a room's CMakeLists.txt links follows the same row.
Findings check_linked(const House& house, const SourceTree& tree);

/// Neither files nor rooms include each other in a circle.
Findings check_cycles(const House& house, const SourceTree& tree);

/// Sources stay under 600 lines unless their head gives a `// size:` reason; a tool's main.cpp
/// under 60.
Findings check_sizes(const SourceTree& tree);

/// Function tables, operators and sources that nobody lists would be silently absent from the
/// program.
Findings check_listed(const SourceTree& tree);

Findings check_all(const House& house, const SourceTree& tree);

}  // namespace quarry::architecture
