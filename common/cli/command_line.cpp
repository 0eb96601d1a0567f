#include "common/cli/command_line.h"

#include "common/base/suggest.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::cli {
namespace {

void fail_usage(CommandLine& line, std::string message, std::string hint = {}) {
  line.words.errors.emplace_back(ErrorCode::kUsage, std::move(message), std::move(hint));
}

bool may_name_command(const AppDef& app, const ParsedWords& words) {
  if (words.arguments.empty() || words.arguments.front().after_mark) return false;
  if (app.arguments_only_after.empty()) return true;
  const std::vector<const OptionTable*> tables = all_tables(app);
  const Given* const given = words.find(find_option(tables, app.arguments_only_after));
  return given == nullptr || given->position > words.arguments.front().position;
}

std::string nearest_command(const AppDef& app, std::string_view name) {
  std::vector<std::string_view> names;
  for (const CommandDef& command : app.commands) {
    if (!command.name.empty()) names.push_back(command.name);
  }
  const std::string near = did_you_mean(name, names);
  return near.empty() ? fmt::format("{} -h names the commands", app.name) : near;
}

void choose_command(const AppDef& app, CommandLine& line) {
  std::vector<Argument>& arguments = line.words.arguments;
  if (may_name_command(app, line.words) && !arguments.front().text.empty()) {
    line.command = find_command(app, arguments.front().text);
    if (line.command != nullptr) {
      line.command_named = true;
      arguments.erase(arguments.begin());
      return;
    }
  }
  if (app.default_command) {
    line.command = find_command(app, *app.default_command);
  } else if (arguments.empty()) {
    fail_usage(line, "a command is missing", fmt::format("{} -h names the commands", app.name));
  } else {
    fail_usage(line, fmt::format("unknown command '{}'", arguments.front().text),
               nearest_command(app, arguments.front().text));
  }
}

std::string usage_hint(const AppDef& app, const CommandDef& command) {
  return fmt::format("usage: {}{}{} [options] {}", app.name, command.name.empty() ? "" : " ",
                     command.name, command.arguments);
}

void check_options(const AppDef& app, CommandLine& line) {
  const std::vector<const OptionTable*> tables = tables_of(app, *line.command);
  for (const auto& [option, given] : line.words.given) {
    if (find_option(tables, option->name) != option) {
      fail_usage(line,
                 fmt::format("{} is not an option of '{}'", given.spelling, line.command->name),
                 fmt::format("{} {} --help", app.name, line.command->name));
    }
  }
}

void check_argument_count(const AppDef& app, CommandLine& line) {
  const std::size_t count = line.words.arguments.size();
  if (count < line.command->min_arguments) {
    fail_usage(line, "an argument is missing", usage_hint(app, *line.command));
  } else if (count > line.command->max_arguments) {
    const std::string& surplus = line.words.arguments[line.command->max_arguments].text;
    fail_usage(line, fmt::format("one argument too many: '{}'", surplus),
               usage_hint(app, *line.command));
  }
}

bool asks_about_tool(const AppDef& app, const CommandLine& line) {
  const std::vector<const OptionTable*> tables = all_tables(app);
  for (const std::string_view name : {"version", "generate", "show-config"}) {
    if (line.words.find(find_option(tables, name)) != nullptr) return true;
  }
  return line.help != HelpWanted::kNone;
}

}  // namespace

std::string CommandLine::given_text(const AppDef& app, std::string_view option) const {
  const std::vector<const OptionTable*> tables = all_tables(app);
  const Given* const given = words.find(find_option(tables, option));
  return given == nullptr || given->values.empty() ? "" : given->values.back();
}

CommandLine parse_command_line(const AppDef& app, std::span<const std::string> words) {
  CommandLine line;
  const std::vector<const OptionTable*> tables = all_tables(app);
  line.words = parse_words(tables, words);
  if (line.words.short_help) line.help = HelpWanted::kShort;
  if (!line.given_text(app, "help").empty()) line.help = HelpWanted::kFull;
  if (!line.words.errors.empty()) return line;
  const bool about_tool = asks_about_tool(app, line);
  if (about_tool && line.words.arguments.empty() && !app.default_command) return line;
  choose_command(app, line);
  if (line.command == nullptr) return line;
  check_options(app, line);
  if (!about_tool) check_argument_count(app, line);
  return line;
}

}  // namespace quarry::cli
