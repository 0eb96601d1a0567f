// Fails when the code breaks the rules of the house (rooms.txt, checks.h). Counts one case a file.
#include "tests/architecture/checks.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

namespace {

std::string option(int argc, char** argv, std::string_view name, std::string otherwise) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == name && i + 1 < argc) return argv[i + 1];
    if (argument.starts_with(name) && argument.substr(name.size()).starts_with('=')) {
      return std::string(argument.substr(name.size() + 1));
    }
  }
  return otherwise;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int argc, char** argv) {
  using namespace quarry::architecture;
  const std::string root = option(argc, argv, "--source", ".");
  const std::string filter = option(argc, argv, "--filter", "");

  const House house = read_house(read_file(root + "/tests/architecture/rooms.txt"));
  const SourceTree tree = load_tree(root);
  std::set<std::string> broken;
  for (const Finding& finding : check_all(house, tree)) {
    if (finding.path.find(filter) == std::string::npos) continue;
    const std::string line = finding.line == 0 ? "" : fmt::format(":{}", finding.line);
    fmt::print("{}{}: {}\n", finding.path, line, finding.message);
    broken.insert(finding.path);
  }
  std::size_t sound = 0;
  for (const auto& [path, file] : tree) {
    if (path.find(filter) != std::string::npos && !broken.contains(path)) ++sound;
  }
  fmt::print("architecture: {} passed, {} failed\n", sound, broken.size());
  return broken.empty() && !house.rooms.empty() ? 0 : 1;
}
