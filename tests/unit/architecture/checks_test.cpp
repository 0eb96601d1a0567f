// Every rule of the house is broken once here, in trees that exist only in memory.
#include "tests/architecture/checks.h"

#include <doctest/doctest.h>

namespace quarry::architecture {
namespace {

House small_house() {
  return read_house(
      "room base:\n"
      "room table: base   # a comment\n"
      "room kql/exec: base table/reader.h\n"
      "room kql: base kql/*\n"
      "room tools/*: *\n"
      "library fmt/: *\n"
      "library zlib.h: table\n"
      "library openssl/: base/digest.cpp\n"
      "system unistd.h sys/\n");
}

SourceTree tree_of(std::initializer_list<std::pair<const char*, std::string>> files) {
  SourceTree tree;
  for (const auto& [path, text] : files) tree.emplace(path, read_source(text));
  return tree;
}

std::size_t breaches(const char* path, const std::string& text) {
  return check_includes(small_house(), tree_of({{path, text}})).size();
}

TEST_CASE("a file belongs to the longest room above it") {
  const House house = small_house();
  CHECK(house.room_of("common/kql/exec/sort.cpp") == "kql/exec");
  CHECK(house.room_of("common/kql/engine.h") == "kql");
  CHECK(house.room_of("common/kql_other/x.h").empty());
  CHECK(house.room_of("tools/hq/main.cpp") == "tools/hq");
  CHECK(house.mistakes.empty());
  CHECK(read_house("rom base:\n").mistakes.size() == 1);
}

TEST_CASE("a room includes only what stands in its row") {
  CHECK(breaches("common/table/a.h", "#include \"common/base/x.h\"\n#include <vector>\n") == 0);
  CHECK(breaches("common/base/a.h", "#include \"common/table/x.h\"\n") == 1);
  CHECK(breaches("common/kql/exec/a.h", "#include \"common/table/reader.h\"\n") == 0);
  CHECK(breaches("common/kql/exec/a.h", "#  include \"common/table/csv.h\"\n") == 1);
  CHECK(breaches("common/kql/engine.h", "#include \"common/kql/exec/scan.h\"\n") == 0);
  CHECK(breaches("common/attic/a.h", "#include \"common/base/x.h\"\n") == 1);
  CHECK(breaches("common/base/a.h", "#include \"x.h\"\n") == 1);
}

TEST_CASE("a tool sees all rooms and no other tool") {
  CHECK(breaches("tools/hq/a.cpp", "#include \"common/kql/engine.h\"\n") == 0);
  CHECK(breaches("tools/hq/a.cpp", "#include \"tools/hq/b.h\"\n") == 0);
  CHECK(breaches("tools/hq/a.cpp", "#include \"tools/lr/b.h\"\n") == 1);
  CHECK(breaches("common/kql/a.cpp", "#include \"tools/hq/b.h\"\n") == 1);
}

TEST_CASE("third-party headers stay with their owners") {
  CHECK(breaches("common/base/a.cpp", "#include <fmt/format.h>\n#include <sys/stat.h>\n") == 0);
  CHECK(breaches("common/base/a.cpp", "#include <zlib.h>\n") == 1);
  CHECK(breaches("common/table/a.cpp", "#include <zlib.h>\n") == 0);
  CHECK(breaches("common/base/digest.cpp", "#include <openssl/evp.h>\n") == 0);
  CHECK(breaches("common/base/text.cpp", "#include <openssl/evp.h>\n") == 1);
  CHECK(breaches("common/base/a.cpp", "#include <unknown/thing.hpp>\n") == 1);
}

TEST_CASE("a room links only what its row allows") {
  const auto links = [](const char* path, const char* list) {
    return check_linked(small_house(), tree_of({{path, list}})).size();
  };
  const char* const exec = "common/kql/exec/CMakeLists.txt";
  CHECK(links(exec,
              "quarry_room(kql_exec\n  SOURCES table.cpp\n  ROOMS base table\n  LIBRARIES x)") ==
        0);
  CHECK(links(exec, "quarry_room(kql_exec SOURCES a.cpp ROOMS base kql)") == 1);
  CHECK(links("common/kql/CMakeLists.txt", "quarry_room(kql SOURCES a.cpp ROOMS kql_exec)") == 0);
  CHECK(links("common/base/CMakeLists.txt", "quarry_room(base SOURCES a.cpp ROOMS table)") == 1);
}

TEST_CASE("circles are found between files and between rooms") {
  const House house = small_house();
  CHECK(check_cycles(house, tree_of({{"common/base/a.h", "#include \"common/base/b.h\"\n"},
                                     {"common/base/b.h", "#include \"common/base/a.h\"\n"}}))
            .size() == 1);
  CHECK(check_cycles(house, tree_of({{"common/base/a.h", "#include \"common/table/b.h\"\n"},
                                     {"common/table/c.h", "#include \"common/base/d.h\"\n"}}))
            .size() == 1);
  CHECK(check_cycles(house, tree_of({{"common/base/a.h", "#include \"common/base/b.h\"\n"},
                                     {"common/base/c.h", "#include \"common/base/b.h\"\n"}}))
            .empty());
}

TEST_CASE("long files give a reason, main.cpp has none to be long") {
  const std::string lines(601, '\n');
  CHECK(check_sizes(tree_of({{"common/base/a.cpp", lines}})).size() == 1);
  CHECK(
      check_sizes(tree_of({{"common/base/a.cpp", "// size: a Unicode table\n" + lines}})).empty());
  CHECK(check_sizes(tree_of({{"common/kql/a.def", lines}})).empty());
  CHECK(check_sizes(tree_of({{"tools/hq/main.cpp", std::string(61, '\n')}})).size() == 1);
}

TEST_CASE("tables and sources that nobody lists are found") {
  const char* const table = "constinit const FunctionTable kTrim{kTrimStart};\n";
  CHECK(check_listed(tree_of({{"common/kql/functions/string/trim.cpp", table},
                              {"common/kql/functions/tables.h", "X(kTrim)\n"},
                              {"common/kql/functions/CMakeLists.txt", "string/trim.cpp\n"}}))
            .empty());
  CHECK(check_listed(tree_of({{"common/kql/functions/string/trim.cpp", table},
                              {"common/kql/functions/tables.h", "X(kTrimmed)\n"},
                              {"common/kql/functions/sources.cmake", "string/trim.cpp\n"},
                              {"common/kql/functions/CMakeLists.txt", ""}}))
            .size() == 1);
  CHECK(check_listed(tree_of({{"common/kql/functions/a.cpp", "constexpr FunctionDef kA{\n"},
                              {"common/kql/functions/CMakeLists.txt", "a.cpp\n"}}))
            .size() == 1);
  CHECK(check_listed(tree_of({{"common/kql/operators/take.cpp", "const OperatorDef kTake{\n"},
                              {"common/kql/operators/CMakeLists.txt", "take.cpp\n"}}))
            .size() == 1);
  CHECK(check_listed(tree_of({{"tools/etl-report/views/a.cpp", "constinit const View kTopA{\n"},
                              {"tools/etl-report/views/CMakeLists.txt", "a.cpp\n"}}))
            .size() == 1);
  CHECK(
      check_listed(tree_of({{"common/base/a.cpp", ""}, {"common/base/CMakeLists.txt", "b_a.cpp"}}))
          .size() == 1);
}

}  // namespace
}  // namespace quarry::architecture
