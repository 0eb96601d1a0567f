#include "common/config/toml_file.h"

#include <doctest/doctest.h>

namespace quarry::config {
namespace {

using Words = std::vector<std::string>;

TEST_CASE("a TOML file becomes entries with their sections and lines") {
  const auto file = TomlFile::parse(
      "[defaults]\ncolor = \"never\"\n\n[profile.contoso]\ntenant = 'x'\n", "c.toml");
  REQUIRE(file);
  REQUIRE(file->find("defaults", "color") != nullptr);
  CHECK(file->find("defaults", "color")->values == Words{"never"});
  CHECK(file->find("defaults", "color")->line == 2);
  CHECK(file->has_section("profile.contoso"));
  CHECK(file->find("profile.contoso", "tenant")->line == 5);
  CHECK(file->find("profile.contoso", "color") == nullptr);
  CHECK(file->origin(5) == "c.toml:5");
}

TEST_CASE("numbers, truth values, dates and lists become text") {
  const auto file = TomlFile::parse(
      "[hq]\na = 12\nb = true\nc = 1.5\nd = 2024-05-01\ne = [1, \"x\"]\nf = []\n", "c.toml");
  REQUIRE(file);
  CHECK(file->find("hq", "a")->values == Words{"12"});
  CHECK(file->find("hq", "b")->values == Words{"true"});
  CHECK(file->find("hq", "c")->values == Words{"1.5"});
  CHECK(file->find("hq", "d")->values == Words{"2024-05-01"});
  CHECK(file->find("hq", "e")->values == Words{"1", "x"});
  CHECK(file->find("hq", "f")->values.empty());
}

TEST_CASE("what is not TOML is reported with line and column") {
  const auto file = TomlFile::parse("[hq]\na = \n", "c.toml");
  REQUIRE_FALSE(file);
  CHECK(file.error().code() == ErrorCode::kUsage);
  CHECK(file.error().file().starts_with("c.toml:2:"));
}

TEST_CASE("a list of lists is no value of an option") {
  const auto file = TomlFile::parse("[hq]\n\na = [[1]]\n", "c.toml");
  REQUIRE_FALSE(file);
  CHECK(file.error().file() == "c.toml:3");
}

TEST_CASE("a list of tables becomes numbered sections where that is wanted") {
  const std::string text = "name = 1\n[[step]]\na = 1\n\n[[step]]\na = 2\n";
  CHECK(!TomlFile::parse(text, "c.toml"));
  const auto file = TomlFile::parse(text, "c.toml", TableLists::kNumbered);
  REQUIRE(file);
  REQUIRE(file->sections().size() == 2);
  CHECK(file->sections()[1].name == "step.1");
  CHECK(file->sections()[1].line == 5);
  CHECK(file->find("step.0", "a")->values == std::vector<std::string>{"1"});
  CHECK(file->find("step.1", "a")->line == 6);
}

}  // namespace
}  // namespace quarry::config
