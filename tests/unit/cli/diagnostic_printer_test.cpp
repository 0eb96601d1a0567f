#include "common/cli/diagnostic_printer.h"

#include <doctest/doctest.h>

namespace quarry::cli {
namespace {

constexpr std::string_view kQuery =
    "T\n| take 1\n| extend who = strcatt(AccountDomain, \"\\\\\", AccountName)";

/// The query, and a function from a block of YAML: its second line is line 12 of the file.
const SourceMap& sources() {
  static const SourceMap kSources = [] {
    SourceMap map;
    map.add(kQuery, {.name = "triage.kql"});
    map.add("T\n| wher x", {.name = "lib/f.yaml", .lines_before = 10, .columns_before = 2});
    return map;
  }();
  return kSources;
}

PrinterOptions look() { return {.tool = "hq", .sources = &sources()}; }

Diagnostic unknown_function() {
  return {.level = Level::kError,
          .kind = DiagnosticClass::kSemantic,
          .message = "unknown function 'strcatt'",
          .hint = "did you mean 'strcat'?  hq functions strcat",
          .where = SourceSpan{26, 7},
          .file = {}};
}

Diagnostic bad_line() {
  return {.level = Level::kWarning,
          .kind = DiagnosticClass::kData,
          .message = "not JSON; line skipped",
          .hint = {},
          .where = {},
          .file = "events.ndjson.gz:18204:57",
          .repeats = 1203};
}

TEST_CASE("an error of the query shows place, line, carets and hint") {
  CHECK(render_text(unknown_function(), look()) ==
        "hq: error: unknown function 'strcatt'\n"
        "  --> triage.kql:3:16\n"
        "  3 | | extend who = strcatt(AccountDomain, \"\\\\\", AccountName)\n"
        "    |                ^^^^^^^\n"
        "  hint: did you mean 'strcat'?  hq functions strcat\n");
}

TEST_CASE("an error of a function that was loaded shows its own file and line") {
  Diagnostic wrong = unknown_function();
  wrong.where = SourceSpan{static_cast<std::uint32_t>(kQuery.size()) + 1 + 4, 4};
  CHECK(render_text(wrong, look()) ==
        "hq: error: unknown function 'strcatt'\n"
        "  --> lib/f.yaml:12:5\n"
        " 12 | | wher x\n"
        "    |   ^^^^\n"
        "  hint: did you mean 'strcat'?  hq functions strcat\n");
  CHECK(render_json(wrong, look()).find("\"file\":\"lib/f.yaml\",\"line\":12,\"column\":5") !=
        std::string::npos);
}

TEST_CASE("a warning about data names file and line, repeats are folded") {
  CHECK(render_text(bad_line(), look()) ==
        "hq: warning: events.ndjson.gz:18204:57: not JSON; line skipped (1,203 times)\n");
}

TEST_CASE("a hint that lines of data share is given once, JSON has it each time") {
  std::vector<Diagnostic> lines{bad_line(), bad_line(), unknown_function(), unknown_function()};
  lines[0].hint = lines[1].hint = "--bad-lines FILE keeps such lines";
  lines[1].file = "events.ndjson.gz:18205:1";
  const auto count = [](const std::string& text, std::string_view part) {
    int found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++found;
    return found;
  };
  const std::string text = render(lines, look());
  CHECK(count(text, "keeps such lines") == 1);
  CHECK(count(text, "events.ndjson.gz:") == 2);
  CHECK(count(text, "did you mean") == 2);
  PrinterOptions json = look();
  json.json = true;
  CHECK(count(render(lines, json), "keeps such lines") == 2);
}

TEST_CASE("colour marks level and carets only") {
  PrinterOptions colored = look();
  colored.color = true;
  const std::string text = render_text(unknown_function(), colored);
  CHECK(text.starts_with("hq: \x1b[1;31merror:\x1b[0m unknown function"));
  CHECK(text.find("\x1b[1;31m^^^^^^^\x1b[0m\n") != std::string::npos);
}

TEST_CASE("messages cannot drive the terminal") {
  const Diagnostic evil{.message = "no such file: \x1b[2J", .hint = {}, .where = {}, .file = {}};
  CHECK(render_text(evil, look()) == "hq: error: no such file: \\x1b[2J\n");
}

TEST_CASE("JSON lines carry level, class, place, message and hint") {
  CHECK(render_json(unknown_function(), look()) ==
        "{\"_type\":\"error\",\"level\":\"error\",\"class\":\"semantic\",\"line\":3,\"column\":16,"
        "\"message\":\"unknown function 'strcatt'\",\"hint\":\"did you mean 'strcat'?  hq "
        "functions strcat\"}\n");
  CHECK(render_json(bad_line(), look()) ==
        "{\"_type\":\"error\",\"level\":\"warning\",\"class\":\"data\",\"file\":\"events.ndjson."
        "gz\",\"line\":18204,"
        "\"byte\":57,\"message\":\"not JSON; line skipped\",\"repeats\":1203}\n");
}

TEST_CASE("quiet keeps errors, and twenty are enough") {
  std::vector<Diagnostic> many(30, bad_line());
  many.push_back(unknown_function());
  PrinterOptions options = look();
  const std::string text = render(many, options);
  CHECK(text.starts_with("hq: error: unknown function"));
  CHECK(text.ends_with("hq: 11 more not shown\n"));
  options.warnings = false;
  CHECK(render(many, options) == render_text(unknown_function(), options));
}

TEST_CASE("notes are left out where nobody sees them") {
  const std::vector<Diagnostic> note{
      {.level = Level::kNote, .message = "by the way", .hint = {}, .where = {}, .file = {}}};
  PrinterOptions options = look();
  CHECK(render(note, options) == "hq: note: by the way\n");
  options.notes = false;
  CHECK(render(note, options).empty());
}

}  // namespace
}  // namespace quarry::cli
