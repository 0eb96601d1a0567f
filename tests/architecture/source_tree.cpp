#include "tests/architecture/source_tree.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>

namespace quarry::architecture {
namespace {

namespace fs = std::filesystem;

std::string_view skip_blanks(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view{} : text.substr(start);
}

std::optional<Include> parse_include(std::string_view line) {
  line = skip_blanks(line);
  if (!line.starts_with('#')) return std::nullopt;
  line = skip_blanks(line.substr(1));
  constexpr std::string_view kWord = "include";
  if (!line.starts_with(kWord)) return std::nullopt;
  line = skip_blanks(line.substr(kWord.size()));
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return std::nullopt;
  const std::size_t end = line.find(line[0] == '<' ? '>' : '"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{std::string(line.substr(1, end - 1)), 0, line[0] == '<'};
}

bool is_source(const fs::path& path) {
  const std::string kind = path.extension().string();
  return kind == ".cpp" || kind == ".h" || kind == ".def" || kind == ".cmake" ||
         path.filename() == "CMakeLists.txt";
}

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

SourceFile read_source(std::string text) {
  SourceFile file;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    ++file.lines;
    if (std::optional<Include> include = parse_include(line)) {
      include->line = file.lines;
      file.includes.push_back(std::move(*include));
    }
  }
  file.text = std::move(text);
  return file;
}

SourceTree load_tree(const fs::path& root) {
  SourceTree tree;
  for (const char* top : {"common", "tools", "tests"}) {
    if (!fs::exists(root / top)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / top)) {
      if (!entry.is_regular_file() || !is_source(entry.path())) continue;
      tree.emplace(fs::relative(entry.path(), root).generic_string(),
                   read_source(read_whole(entry.path())));
    }
  }
  return tree;
}

}  // namespace quarry::architecture
