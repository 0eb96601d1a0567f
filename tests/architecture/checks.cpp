#include "tests/architecture/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace quarry::architecture {
namespace {

constexpr std::size_t kMaxLines = 600;
constexpr std::size_t kMaxMainLines = 60;
constexpr std::size_t kHeadLines = 15;

bool in_house(std::string_view path) {
  return path.starts_with("common/") || path.starts_with("tools/");
}

bool is_cpp(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".h"); }

/// Headers of the C++ library have neither a folder nor an ending.
bool is_standard(std::string_view header) {
  return header.find('/') == std::string_view::npos && header.find('.') == std::string_view::npos;
}

std::string angled_breach(const House& house, const std::string& path, const std::string& header) {
  if (const Library* library = house.library_of(header)) {
    if (house.owns(*library, path)) return "";
    return fmt::format("<{}> belongs to {}", header, fmt::join(library->owners, ", "));
  }
  if (is_standard(header) || house.is_system(header)) return "";
  return fmt::format("<{}> has no owner in rooms.txt", header);
}

std::string quoted_breach(const House& house, const std::string& path, const std::string& header) {
  if (!in_house(header)) return fmt::format("\"{}\" is not named from the root", header);
  const std::string room = house.room_of(path);
  if (room.empty()) return "the file lies in no room of rooms.txt";
  if (house.may_include(room, header)) return "";
  return fmt::format("{} may not include \"{}\"", room, header);
}

std::string_view head_of(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < kHeadLines && end != std::string_view::npos; ++i) {
    end = text.find('\n', end + (i > 0 ? 1 : 0));
  }
  return text.substr(0, end);
}

void append(Findings& all, Findings more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Findings check_includes(const House& house, const SourceTree& tree) {
  Findings findings;
  for (const std::string& line : house.mistakes) {
    findings.push_back({"tests/architecture/rooms.txt", 0, "cannot read: " + line});
  }
  for (const auto& [path, file] : tree) {
    if (!in_house(path)) continue;
    for (const Include& include : file.includes) {
      std::string breach = include.angled ? angled_breach(house, path, include.header)
                                          : quoted_breach(house, path, include.header);
      if (!breach.empty()) findings.push_back({path, include.line, std::move(breach)});
    }
  }
  return findings;
}

Findings check_sizes(const SourceTree& tree) {
  Findings findings;
  for (const auto& [path, file] : tree) {
    if (!is_cpp(path)) continue;
    if (file.lines > kMaxLines && head_of(file.text).find("// size:") == std::string_view::npos) {
      findings.push_back(
          {path, 0, fmt::format("{} lines without a '// size:' reason in its head", file.lines)});
    }
    if (path.starts_with("tools/") && path.ends_with("/main.cpp") && file.lines > kMaxMainLines) {
      findings.push_back({path, 0,
                          fmt::format("{} lines: main.cpp only describes the tool ({} at most)",
                                      file.lines, kMaxMainLines)});
    }
  }
  return findings;
}

Findings check_all(const House& house, const SourceTree& tree) {
  Findings all = check_includes(house, tree);
  append(all, check_linked(house, tree));
  append(all, check_cycles(house, tree));
  append(all, check_sizes(tree));
  append(all, check_listed(tree));
  return all;
}

}  // namespace quarry::architecture
