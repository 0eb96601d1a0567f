#include "common/base/suggest.h"

#include <doctest/doctest.h>

#include <array>

using namespace quarry;

namespace {
constexpr std::array<std::string_view, 6> kNames = {"strcat",  "strlen",     "summarize",
                                                    "project", "DeviceName", "ago"};
}

TEST_CASE("edit distance counts inserts, deletes, replacements and swapped neighbours") {
  CHECK(edit_distance("strcat", "strcat", 9) == 0);
  CHECK(edit_distance("strcatt", "strcat", 9) == 1);
  CHECK(edit_distance("stcrat", "strcat", 9) == 1);
  CHECK(edit_distance("kitten", "sitting", 9) == 3);
  CHECK(edit_distance("", "abc", 9) == 3);
  CHECK(edit_distance("abc", "", 9) == 3);
  CHECK(edit_distance("", "", 9) == 0);
}

TEST_CASE("edit distance ignores case but tells it apart from equality") {
  CHECK(edit_distance("STRCAT", "strcat", 9) == 1);
  CHECK(edit_distance("STRCATT", "strcat", 9) == 1);
}

TEST_CASE("edit distance stops above its limit") {
  CHECK(edit_distance("kitten", "sitting", 2) == 3);
  CHECK(edit_distance("abcdefgh", "zzzzzzzz", 2) == 3);
  CHECK(edit_distance("a", "abcdefgh", 2) == 3);
  CHECK(edit_distance("a", "b", 0) == 1);
}

TEST_CASE("the nearest name is found, and none where nothing is near") {
  CHECK(nearest("strcatt", kNames) == "strcat");
  CHECK(nearest("sumarise", kNames) == "summarize");
  CHECK(nearest("devicename", kNames) == "DeviceName");
  CHECK(nearest("agp", kNames) == "ago");
  CHECK_FALSE(nearest("FileName", kNames));
  CHECK_FALSE(nearest("", kNames));
  CHECK_FALSE(nearest("x", std::array<std::string_view, 1>{"y"}));
  CHECK(nearest("x", std::array<std::string_view, 1>{"X"}) == "X");
  CHECK_FALSE(nearest("strcat", std::span<const std::string_view>()));
}

TEST_CASE("a suggestion is a question or nothing") {
  CHECK(did_you_mean("strlne", kNames) == "did you mean 'strlen'?");
  CHECK(did_you_mean("geo_point", kNames).empty());
}
