#include "tests/architecture/rooms.h"

#include <algorithm>
#include <sstream>

namespace quarry::architecture {
namespace {

constexpr std::string_view kCommon = "common/";
constexpr std::string_view kTools = "tools/";

std::vector<std::string> words(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

/// "net/" stands for all headers of the folder, "zlib.h" for itself.
bool matches(std::string_view header, std::string_view prefix) {
  return prefix.ends_with('/') ? header.starts_with(prefix) : header == prefix;
}

bool any_matches(std::string_view header, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return matches(header, prefix); });
}

void read_row(House& house, const std::string& line) {
  const std::size_t colon = line.find(':');
  const std::vector<std::string> head = words(line.substr(0, colon));
  const std::vector<std::string> tail =
      colon == std::string::npos ? std::vector<std::string>{} : words(line.substr(colon + 1));
  if (head[0] == "system") {
    house.system.insert(house.system.end(), head.begin() + 1, head.end());
  } else if (head[0] == "room" && head.size() == 2 && colon != std::string::npos) {
    house.rooms.push_back({head[1], tail});
  } else if (head[0] == "library" && head.size() > 1 && !tail.empty()) {
    house.libraries.push_back({{head.begin() + 1, head.end()}, tail});
  } else {
    house.mistakes.push_back(line);
  }
}

}  // namespace

House read_house(std::string_view text) {
  House house;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    line.erase(std::min(line.find('#'), line.size()));
    if (!words(line).empty()) read_row(house, line);
  }
  return house;
}

std::string House::room_of(std::string_view path) const {
  if (path.starts_with(kTools)) {
    const std::size_t end = path.find('/', kTools.size());
    return end == std::string_view::npos ? "" : std::string(path.substr(0, end));
  }
  if (!path.starts_with(kCommon)) return "";
  path.remove_prefix(kCommon.size());
  const Room* best = nullptr;
  for (const Room& room : rooms) {
    if (is_below(path, room.name) && (best == nullptr || room.name.size() > best->name.size())) {
      best = &room;
    }
  }
  return best == nullptr ? "" : best->name;
}

const Room* House::row_of(const std::string& room) const {
  const std::string name = room.starts_with(kTools) ? "tools/*" : room;
  const auto found =
      std::find_if(rooms.begin(), rooms.end(), [&](const Room& row) { return row.name == name; });
  return found == rooms.end() ? nullptr : &*found;
}

bool House::may_include(const std::string& room, std::string_view path) const {
  const std::string target = room_of(path);
  if (target.empty()) return false;
  if (target == room) return true;
  const Room* row = row_of(room);
  if (row == nullptr || target.starts_with(kTools)) return false;
  return std::any_of(row->allowed.begin(), row->allowed.end(), [&](const std::string& entry) {
    if (entry == "*" || entry == target) return true;
    if (entry.ends_with("/*")) return target.starts_with(entry.substr(0, entry.size() - 1));
    return std::string(kCommon) + entry == path;
  });
}

const Library* House::library_of(std::string_view header) const {
  for (const Library& library : libraries) {
    if (any_matches(header, library.prefixes)) return &library;
  }
  return nullptr;
}

bool House::is_system(std::string_view header) const { return any_matches(header, system); }

bool House::owns(const Library& library, std::string_view path) const {
  return std::any_of(library.owners.begin(), library.owners.end(), [&](const std::string& owner) {
    return owner == "*" || owner == room_of(path) || std::string(kCommon) + owner == path;
  });
}

}  // namespace quarry::architecture
