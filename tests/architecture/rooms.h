// The table of rooms, read from rooms.txt, and the questions the checks put to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quarry::architecture {

/// What one row allows: rooms, single headers, or all ("*").
struct Room {
  std::string name;
  std::vector<std::string> allowed;
};

struct Library {
  std::vector<std::string> prefixes;
  std::vector<std::string> owners;
};

struct House {
  std::vector<Room> rooms;
  std::vector<Library> libraries;
  std::vector<std::string> system;
  std::vector<std::string> mistakes;  ///< lines of the table that could not be read

  /// The room a file lies in: "common/kql/exec/sort.cpp" -> "kql/exec", "tools/hq/main.cpp" ->
  /// "tools/hq",
  /// "" outside the house.
  std::string room_of(std::string_view path) const;

  /// Whether a file of `room` may include the project header `path`.
  bool may_include(const std::string& room, std::string_view path) const;

  /// The library that `header` (as written between <>) belongs to; nullptr if none.
  const Library* library_of(std::string_view header) const;
  bool is_system(std::string_view header) const;
  bool owns(const Library& library, std::string_view path) const;

 private:
  const Room* row_of(const std::string& room) const;
};

House read_house(std::string_view text);

}  // namespace quarry::architecture
