// Helps, manual page and completions are made from the tables: nothing may be missing or too wide.
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/cli/completion.h"
#include "common/cli/help.h"
#include "common/cli/man_page.h"
#include "common/cli/version.h"
#include "tests/unit/cli/sample_app.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace quarry::cli {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string_view line : text::split(text, '\n'))
    widest = std::max(widest, unicode::display_width(line));
  return widest;
}

TEST_CASE("the short help fits one screen and shows three examples and ten options") {
  const std::string help = short_help(kSampleApp);
  CHECK(widest_line(help) < 80);
  CHECK(std::count(help.begin(), help.end(), '\n') <= 24);
  CHECK(contains(help, "usage: tool [options] QUERY [FILE…]\n"));
  CHECK(contains(help, "tool 'count' < a"));
  CHECK_FALSE(contains(help, "tool check 'x'"));
  CHECK(contains(help, "      --no-pager "));
  CHECK(help.ends_with("more: tool --help, man tool\n"));
}

TEST_CASE("the full help has every option but the hidden ones") {
  const std::string help = full_help(kSampleApp);
  CHECK(widest_line(help) < 80);
  for (const OptionTable* const table : all_tables(kSampleApp)) {
    for (const OptionDef& option : table->options) {
      INFO(option.name);
      const bool shown = contains(help, std::string("-") + std::string(option.name) + " ") ||
                         contains(help, "-" + std::string(option.name) + "\n");
      CHECK(shown != option.hidden);
    }
  }
  CHECK(contains(help, "  3         an input is missing\n"));
  CHECK(contains(help, "  130, 143  ended by a signal\n"));
  CHECK_FALSE(contains(help, "interrupted by"));
}

TEST_CASE("the help of a command leaves the general options to the full form") {
  CHECK_FALSE(contains(command_help(kSampleApp, kSampleApp.commands[1], false), "--color"));
  CHECK(contains(command_help(kSampleApp, kSampleApp.commands[1], true), "--color"));
  CHECK_FALSE(contains(command_help(kSampleApp, kSampleApp.commands[1], true), "--bad-lines"));
}

TEST_CASE("the manual page has its sections in order and roff takes nothing for a request") {
  const std::string page = man_page(kSampleApp);
  std::size_t at = 0;
  for (const std::string_view heading :
       {".TH TOOL 1", ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS", ".SH EXAMPLES",
        ".SH \"EXIT STATUS\"", ".SH FILES", ".SH ENVIRONMENT", ".SH SECURITY",
        ".SH \"SEE ALSO\""}) {
    INFO(heading);
    const std::size_t found = page.find(heading, at);
    REQUIRE(found != std::string::npos);
    at = found;
  }
  CHECK(contains(page, "\\&.Second \\(aqquoted\\(aq \\e back."));
  CHECK(contains(page, "tool \\- answers KQL"));
  CHECK(contains(page, "QUERY [FILE\\[u2026]]"));
  CHECK(contains(page, ".BR kql\\-functions (7)"));
  CHECK_FALSE(contains(page, "@"));
}

TEST_CASE("prose by people is the frame of the manual page") {
  static constexpr std::string_view kFrame = ".TH TOOL 1 \"\" \"@VERSION@\"\n@NAME@\nMore.\n";
  AppDef app = kSampleApp;
  app.man_page = &kFrame;
  CHECK(man_page(app) ==
        ".TH TOOL 1 \"\" \"" + std::string(version_number()) + "\"\ntool \\- answers KQL\nMore.\n");
}

TEST_CASE("completions offer options, their words, files and commands") {
  const std::string bash = bash_completion(kSampleApp);
  CHECK(contains(bash, "--format|-f) mapfile -t COMPREPLY < <(compgen -W 'table ndjson csv"));
  CHECK(contains(bash, "--output|-o) mapfile -t COMPREPLY < <(compgen -f"));
  CHECK(contains(bash, "-W 'check functions'"));
  CHECK(contains(bash, "complete -o filenames -F _tool tool\n"));
  const std::string zsh = zsh_completion(kSampleApp);
  CHECK(zsh.starts_with("#compdef tool\n"));
  CHECK(contains(zsh, "'functions:lists functions\\: all, or one'"));
  CHECK(contains(zsh, "'*--table=["));
  const std::string fish = fish_completion(kSampleApp);
  CHECK(contains(fish, "complete -c tool -s o -l output -r -F -d"));
  CHECK(contains(fish, "complete -c tool -l no-pager -d"));
  CHECK(function_name("taxii-pull") == "taxii_pull");
  CHECK(single_quoted("it's") == "'it'\\''s'");
}

TEST_CASE("the version is one line, with the libraries several") {
  const std::string one = version_text("tool", false);
  CHECK(one.starts_with("tool " + std::string(version_number()) + " ("));
  CHECK(std::count(one.begin(), one.end(), '\n') == 1);
  CHECK(contains(version_text("tool", true), "\nfmt "));
}

}  // namespace
}  // namespace quarry::cli
