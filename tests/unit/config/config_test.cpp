#include "common/config/config.h"

#include <doctest/doctest.h>

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace quarry::config {
namespace {

constexpr std::string_view kColors[]{"auto", "always", "never"};
std::span<const std::string_view> colors() { return kColors; }

constexpr OptionDef kOptions[]{
    {.name = "color",
     .metavar = "WHEN",
     .help = "",
     .kind = OptionKind::kChoice,
     .variable = "QUARRY_COLOR",
     .key = "color",
     .default_text = "auto",
     .choices = colors},
    {.name = "strict", .help = "", .key = "strict"},
    {.name = "format",
     .metavar = "NAME",
     .help = "",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_FORMAT",
     .key = "format",
     .reach = Reach::kTerminal},
    {.name = "schema", .metavar = "FILE", .help = "", .kind = OptionKind::kList, .key = "schema"},
};
constexpr OptionTable kTable{"All", kOptions};
constexpr const OptionDef& kColor = kOptions[0];
constexpr const OptionDef& kStrict = kOptions[1];
constexpr const OptionDef& kFormat = kOptions[2];
constexpr const OptionDef& kSchema = kOptions[3];

/// A folder with a user's and a system's file, and an environment that points there.
class House {
 public:
  House() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "quarry-config-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    std::filesystem::create_directories(root_ + "/home/.config/quarry");
    variables_["HOME"] = root_ + "/home";
  }
  ~House() { std::filesystem::remove_all(root_); }

  std::string user_file() const { return root_ + "/home/.config/quarry/config.toml"; }
  std::string system_file() const { return root_ + "/system.toml"; }
  void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }
  void set(const std::string& name, const std::string& value) { variables_[name] = value; }
  std::string root() const { return root_; }

  Environment environment() const {
    return [variables = variables_](const char* name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
  }
  Result<Config> load(std::vector<std::string> profiles = {}, bool terminal = false) const {
    return Config::load({.environment = environment(),
                         .tool = "hq",
                         .profiles = std::move(profiles),
                         .stdout_is_terminal = terminal,
                         .system_file = system_file()});
  }

 private:
  std::string root_;
  std::map<std::string, std::string> variables_;
};

TEST_CASE("each layer of settings wins over those below it and is named as the origin") {
  House house;
  const auto color = [&](std::vector<std::string> profiles = {},
                         std::vector<std::string> given = {}) {
    const auto config = house.load(std::move(profiles));
    REQUIRE(config);
    const auto setting = config->look_up(kColor, std::move(given), "--color");
    REQUIRE(setting);
    return setting->text() + " from " + setting->origin;
  };
  CHECK(color() == "auto from built-in");
  house.write(house.system_file(), "[defaults]\ncolor = \"never\"\n");
  CHECK(color() == "never from " + house.system_file() + ":2");
  house.write(house.user_file(), "[defaults]\ncolor = 'always'\n[profile.p]\ncolor = 'never'\n");
  CHECK(color() == "always from " + house.user_file() + ":2");
  CHECK(color({"p"}) == "never from " + house.user_file() + ":4");
  house.set("QUARRY_COLOR", "always");
  CHECK(color({"p"}) == "always from QUARRY_COLOR");
  CHECK(color({"p"}, {"auto", "never"}) == "never from --color");
}

TEST_CASE("the section of the tool goes before [defaults] of the same file") {
  House house;
  house.write(house.user_file(),
              "[defaults]\nstrict = false\n[hq]\nstrict = true\n[lr]\nstrict = 'x'\n");
  const auto config = house.load();
  REQUIRE(config);
  CHECK(config->look_up(kStrict)->text() == "true");
}

TEST_CASE("a list in the file sets a list option whole") {
  House house;
  house.write(house.user_file(), "[hq]\nschema = ['a.json', 'b.json']\n");
  CHECK(house.load()->look_up(kSchema)->values == std::vector<std::string>{"a.json", "b.json"});
}

TEST_CASE("variables and files change the format on a terminal only") {
  House house;
  house.set("QUARRY_FORMAT", "csv");
  CHECK_FALSE(house.load()->look_up(kFormat)->is_set());
  CHECK(house.load({}, true)->look_up(kFormat)->text() == "csv");
  CHECK(house.load()->look_up(kFormat, {"json"}, "--format")->text() == "json");
}

TEST_CASE("an empty variable is as one that is not set") {
  House house;
  house.set("QUARRY_COLOR", "");
  CHECK(house.load()->look_up(kColor)->origin == "built-in");
}

TEST_CASE("a value that the option does not take is an error that names its place") {
  House house;
  house.write(house.user_file(), "[hq]\ncolor = 'nevr'\n");
  const auto from_file = house.load()->look_up(kColor);
  REQUIRE_FALSE(from_file);
  CHECK(from_file.error().file() == house.user_file() + ":2");
  CHECK(from_file.error().message() == "color: unknown value 'nevr'");
  CHECK(from_file.error().hint() == "did you mean 'never'?  one of: auto, always, never");
  house.set("QUARRY_COLOR", "x");
  CHECK(house.load()->look_up(kColor).error().message() == "QUARRY_COLOR: unknown value 'x'");
}

TEST_CASE("QUARRY_CONFIG names the file and must exist") {
  House house;
  house.write(house.root() + "/other.toml", "[hq]\ncolor = 'never'\n");
  house.set("QUARRY_CONFIG", house.root() + "/other.toml");
  CHECK(house.load()->look_up(kColor)->text() == "never");
  house.set("QUARRY_CONFIG", house.root() + "/missing.toml");
  CHECK(house.load().error().code() == ErrorCode::kUsage);
}

TEST_CASE("the user's file is looked for in XDG_CONFIG_HOME if that is an absolute path") {
  House house;
  CHECK(user_file_path(house.environment()) == house.user_file());
  house.set("XDG_CONFIG_HOME", "/xdg");
  CHECK(user_file_path(house.environment()) == "/xdg/quarry/config.toml");
  house.set("XDG_CONFIG_HOME", "relative");
  CHECK(user_file_path(house.environment()) == house.user_file());
  CHECK(user_file_path([](const char*) { return std::nullopt; }).empty());
}

TEST_CASE("a profile comes from option, variable or file, and must exist") {
  House house;
  house.write(
      house.user_file(),
      "[defaults]\nprofile = 'b'\n[profile.a]\ncolor='always'\n[profile.b]\ncolor='never'\n");
  CHECK(house.load()->look_up(kColor)->text() == "never");
  house.set("QUARRY_PROFILE", " a , b");
  CHECK(house.load()->profiles() == std::vector<std::string>{"a", "b"});
  CHECK(house.load()->look_up(kColor)->text() == "always");
  const auto missing = house.load({"c"});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message() == "no configuration file has a profile 'c'");
}

TEST_CASE("sections of which a tool has many go before its own and need not be known by name") {
  House house;
  house.write(house.user_file(),
              "[defaults]\ncolor = 'always'\n[taxii.a]\ncolor = 'never'\nown = 1\n[taxii.b]\n");
  const auto config = house.load();
  REQUIRE(config);
  CHECK(config->names_behind("taxii.") == std::vector<std::string>{"a", "b"});
  CHECK(config->with_section("taxii.a").look_up(kColor)->text() == "never");
  CHECK(config->with_section("taxii.b").look_up(kColor)->text() == "always");
  CHECK(config->look_up(kColor)->text() == "always");
  Diagnostics diagnostics;
  const OptionTable* const table = &kTable;
  config->warn_of_unknown_keys({&table, 1}, diagnostics);
  CHECK(diagnostics.sorted().empty());  // another tool's sections are that tool's business
}

TEST_CASE("unknown keys and sections are warned of with line and nearest name") {
  House house;
  house.write(house.user_file(),
              "top = 1\n[defaults]\nfromat = 'csv'\ntenant = 'x'\n[hq]\nstrikt = "
              "true\n[lr]\nown_key = 1\n[hqq]\n");
  Diagnostics diagnostics;
  const OptionTable* const table = &kTable;
  house.load()->warn_of_unknown_keys({&table, 1}, diagnostics);
  std::vector<std::string> seen;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    CHECK(diagnostic.level == Level::kWarning);
    seen.push_back(diagnostic.file.substr(house.user_file().size()) + " " + diagnostic.message +
                   " " + diagnostic.hint);
  }
  CHECK(seen ==
        std::vector<std::string>{":9 unknown section [hqq] did you mean 'hq'?",
                                 ":1 key 'top' stands in no section put it under [defaults]",
                                 ":3 unknown key 'fromat' did you mean 'format'?",
                                 ":6 unknown key 'strikt' did you mean 'strict'?"});
}

}  // namespace
}  // namespace quarry::config
