#include "common/cli/command_line.h"

#include "tests/unit/cli/sample_app.h"

#include <doctest/doctest.h>

namespace quarry::cli {
namespace {

using Words = std::vector<std::string>;

CommandLine parse(const Words& words, const AppDef& app = kSampleApp) {
  return parse_command_line(app, words);
}

Words arguments(const CommandLine& line) {
  Words texts;
  for (const Argument& argument : line.words.arguments) texts.push_back(argument.text);
  return texts;
}

Words values(const CommandLine& line, std::string_view option) {
  const auto tables = all_tables(kSampleApp);
  const Given* const given = line.words.find(find_option(tables, option));
  return given == nullptr ? Words{} : given->values;
}

Words errors(const CommandLine& line) {
  Words texts;
  for (const Error& error : line.words.errors) {
    CHECK(error.code() == ErrorCode::kUsage);
    texts.push_back(error.message() + (error.hint().empty() ? "" : " | " + error.hint()));
  }
  return texts;
}

TEST_CASE("options and arguments stand in any order, -- ends the options") {
  const CommandLine line = parse(
      {"T | count", "-f", "csv", "a.ndjson", "--threads=2", "-", "--", "-x", "--", "--strict"});
  CHECK(errors(line).empty());
  CHECK(arguments(line) == Words{"T | count", "a.ndjson", "-", "-x", "--", "--strict"});
  CHECK(values(line, "format") == Words{"csv"});
  CHECK(values(line, "threads") == Words{"2"});
  CHECK(values(line, "strict").empty());
}

TEST_CASE("values reach the tool as they were written") {
  const CommandLine line = parse({"[a,b].ndjson", "--table", "[x,y]", "--table=", "--param", "-5",
                                  "--param=a=b=c", "-ofile", "x"});
  CHECK(errors(line).empty());
  CHECK(arguments(line) == Words{"[a,b].ndjson", "x"});
  CHECK(values(line, "table") == Words{"[x,y]", ""});
  CHECK(values(line, "param") == Words{"-5", "a=b=c"});
  CHECK(values(line, "output") == Words{"file"});
}

TEST_CASE("a value may look like an option or be the end mark") {
  const CommandLine line = parse({"--output", "--strict", "--param", "--", "q"});
  CHECK(errors(line).empty());
  CHECK(values(line, "output") == Words{"--strict"});
  CHECK(values(line, "param") == Words{"--"});
  CHECK(arguments(line) == Words{"q"});
}

TEST_CASE("later wins among values, switches and their --no- forms") {
  const CommandLine line =
      parse({"--strict", "--no-strict", "-f", "csv", "-f", "json", "--no-pager", "q"});
  CHECK(values(line, "strict") == Words{"false"});
  CHECK(values(line, "format").back() == "json");
  CHECK(values(line, "pager") == Words{"false"});
  CHECK(values(parse({"--no-strict", "--strict"}), "strict") == Words{"true"});
}

TEST_CASE("letters can be bundled and counted") {
  const CommandLine line = parse({"-vqvf", "csv", "q"});
  CHECK(errors(line).empty());
  CHECK(values(line, "verbose") == Words{"2"});
  CHECK(values(line, "quiet") == Words{"true"});
  CHECK(values(line, "format") == Words{"csv"});
}

TEST_CASE("all mistakes are named at once, each with the nearest name") {
  CHECK(errors(parse({"--fromat", "csv", "-x", "--strict=1", "--threads"})) ==
        Words{"--strict takes no value", "--threads needs a value: N",
              "unknown option '--fromat' | did you mean '--format'?", "unknown option '-x'"});
  CHECK(errors(parse({"-f=csv"})) ==
        Words{"-f: a value follows without '=' | write -f csv or --format=csv"});
  CHECK(errors(parse({"--bogus=[1,2]"})) == Words{"unknown option '--bogus'"});
}

TEST_CASE("names are not abbreviated, but the one that was meant is named") {
  CHECK(errors(parse({"--mem", "1"})) ==
        Words{"unknown option '--mem' | did you mean '--memory-limit'?"});
}

TEST_CASE("the first argument is a command only if it has a command's name") {
  const CommandLine named = parse({"-f", "csv", "check", "T"});
  CHECK(named.command->name == "check");
  CHECK(arguments(named) == Words{"T"});
  const CommandLine query = parse({"check | take 1", "check"});
  CHECK(query.command->name.empty());
  CHECK(arguments(query) == Words{"check | take 1", "check"});
  CHECK(parse({"--", "check"}).command->name.empty());
}

TEST_CASE("after -F arguments are files, before it a command is one") {
  const CommandLine files = parse({"-F", "q.kql", "check"});
  CHECK(files.command->name.empty());
  CHECK(arguments(files) == Words{"check"});
  const CommandLine command = parse({"check", "-F", "q.kql", "x"});
  CHECK(command.command->name == "check");
}

TEST_CASE("a command takes only its options and its number of arguments") {
  CHECK(errors(parse({"check", "--strict", "q"})) ==
        Words{"--strict is not an option of 'check' | tool check --help"});
  CHECK(errors(parse({"check"})) ==
        Words{"an argument is missing | usage: tool check [options] QUERY"});
  CHECK(errors(parse({"functions", "a", "b"})) ==
        Words{"one argument too many: 'b' | usage: tool functions [options] [NAME]"});
}

TEST_CASE("without a default command an unknown one names the nearest") {
  CHECK(errors(parse({"chekc"}, kStrictApp)) ==
        Words{"unknown command 'chekc' | did you mean 'check'?"});
  CHECK(errors(parse({"zzz"}, kStrictApp)) ==
        Words{"unknown command 'zzz' | strict-tool -h names the commands"});
  CHECK(errors(parse({}, kStrictApp)) ==
        Words{"a command is missing | strict-tool -h names the commands"});
}

TEST_CASE("-h and --help ask for different helps") {
  CHECK(parse({"-h"}).help == HelpWanted::kShort);
  CHECK(parse({"--help"}).help == HelpWanted::kFull);
  CHECK(parse({"-vh", "--help"}).help == HelpWanted::kFull);
  const CommandLine line = parse({"check", "-h"});
  CHECK(errors(line).empty());
  CHECK(line.command_named);
  CHECK(parse({"-h"}, kStrictApp).words.errors.empty());
}

}  // namespace
}  // namespace quarry::cli
