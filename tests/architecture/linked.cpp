// Includes are one half of who uses whom; the other is what a room's CMakeLists.txt links. Both
// follow the same table.
#include "tests/architecture/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

namespace quarry::architecture {
namespace {

constexpr std::string_view kCall = "quarry_room(";

/// The words of the ROOMS part of `quarry_room(name SOURCES … ROOMS … LIBRARIES …)`.
std::vector<std::string> linked_rooms(std::string_view text) {
  const std::size_t start = text.find(kCall);
  if (start == std::string_view::npos) return {};
  const std::string_view call = text.substr(start, text.find(')', start) - start);
  std::istringstream in{std::string(call)};
  std::vector<std::string> rooms;
  bool is_in_rooms = false;
  for (std::string word; in >> word;) {
    const bool is_keyword = word == "SOURCES" || word == "ROOMS" || word == "LIBRARIES";
    if (is_keyword) {
      is_in_rooms = word == "ROOMS";
    } else if (is_in_rooms) {
      rooms.push_back(word);
    }
  }
  return rooms;
}

/// CMake's kql_syntax is the room kql/syntax.
std::string target_of(std::string room) {
  std::replace(room.begin(), room.end(), '/', '_');
  return room;
}

/// A single header lets the whole room be linked: a library cannot be cut in half.
bool may_link(const House& house, const Room& room, const std::string& target) {
  return std::any_of(room.allowed.begin(), room.allowed.end(), [&](const std::string& entry) {
    if (entry.ends_with("/*"))
      return target.starts_with(target_of(entry.substr(0, entry.size() - 1)));
    const std::string owner = entry.ends_with(".h") ? house.room_of("common/" + entry) : entry;
    return target_of(owner) == target;
  });
}

}  // namespace

Findings check_linked(const House& house, const SourceTree& tree) {
  Findings findings;
  for (const Room& room : house.rooms) {
    const auto file = tree.find(fmt::format("common/{}/CMakeLists.txt", room.name));
    if (file == tree.end()) continue;
    for (const std::string& target : linked_rooms(file->second.text)) {
      if (may_link(house, room, target)) continue;
      findings.push_back({file->first, 0, fmt::format("{} may not link {}", room.name, target)});
    }
  }
  return findings;
}

}  // namespace quarry::architecture
