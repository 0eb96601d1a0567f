// The sources under examination: paths from the repository root, texts, and the includes found in
// them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace quarry::architecture {

struct Include {
  std::string header;
  std::size_t line = 0;
  bool angled = false;  ///< <header> rather than "header"
};

struct SourceFile {
  std::string text;
  std::size_t lines = 0;
  std::vector<Include> includes;
};

/// Sorted by path, so that findings come in the same order on every machine.
using SourceTree = std::map<std::string, SourceFile>;

SourceFile read_source(std::string text);

/// Every .cpp, .h, .def, .cmake and CMakeLists.txt of common/, tools/ and tests/.
SourceTree load_tree(const std::filesystem::path& root);

}  // namespace quarry::architecture
