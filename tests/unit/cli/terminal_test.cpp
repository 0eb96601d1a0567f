#include "common/cli/terminal.h"

#include "common/cli/pager.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace quarry::cli {
namespace {

Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST_CASE("colour: the option decides, then NO_COLOR, CLICOLOR_FORCE, TERM, the terminal") {
  CHECK(wants_color(When::kAuto, true, environment({})));
  CHECK_FALSE(wants_color(When::kAuto, false, environment({})));
  CHECK_FALSE(
      wants_color(When::kAuto, true, environment({{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}})));
  CHECK(wants_color(When::kAuto, true, environment({{"NO_COLOR", ""}})));
  CHECK(wants_color(When::kAuto, false, environment({{"CLICOLOR_FORCE", "1"}, {"TERM", "dumb"}})));
  CHECK_FALSE(wants_color(When::kAuto, false, environment({{"CLICOLOR_FORCE", "0"}})));
  CHECK_FALSE(wants_color(When::kAuto, true, environment({{"TERM", "dumb"}})));
  CHECK(wants_color(When::kAlways, false, environment({{"NO_COLOR", "1"}})));
  CHECK_FALSE(wants_color(When::kNever, true, environment({{"CLICOLOR_FORCE", "1"}})));
}

TEST_CASE("the width is never zero") {
  for (const char* const columns : {"", "0", "-5", "wide"}) {
    CHECK(standard_streams(When::kAuto, environment({{"COLUMNS", columns}})).width > 0);
  }
}

TEST_CASE("the pager is the first variable that is set, less otherwise, none for cat") {
  CHECK(pager_command(environment({})) == "less -FRX");
  CHECK(pager_command(environment({{"PAGER", "more"}})) == "more");
  CHECK(pager_command(environment({{"PAGER", "more"}, {"QUARRY_PAGER", "most -s"}})) == "most -s");
  CHECK(pager_command(environment({{"PAGER", "more"}, {"QUARRY_PAGER", ""}})).empty());
  CHECK(pager_command(environment({{"PAGER", "cat"}})).empty());
}

TEST_CASE("without a program that runs results go straight to stdout") {
  for (const char* const command : {"", "no-such-pager -x", "/no/such/pager"}) {
    const Pager pager = Pager::start(command);
    CHECK(pager.descriptor() == 1);
    CHECK_FALSE(pager.running());
  }
}

}  // namespace
}  // namespace quarry::cli
