#include "common/cli/help.h"

#include "common/base/unicode.h"
#include "common/cli/fold.h"
#include "common/cli/option_text.h"
#include "common/cli/standard_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace quarry::cli {
namespace {

constexpr std::size_t kWidth = 79;
constexpr std::size_t kColumn = 26;
constexpr std::size_t kShortExamples = 3;

std::string heading(const AppDef& app) {
  return fold(fmt::format("{} - {}", app.name, app.summary), 0, kWidth);
}

std::string usage(const std::vector<std::string>& lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += fmt::format("{}{}\n", i == 0 ? "usage: " : "       ", lines[i]);
  }
  return out;
}

std::vector<std::string_view> command_names(const AppDef& app) {
  std::vector<std::string_view> names;
  for (const CommandDef& command : app.commands) {
    if (!command.name.empty()) names.push_back(command.name);
  }
  return names;
}

std::string short_usage(const AppDef& app) {
  std::vector<std::string> lines = synopsis(app);
  const std::vector<std::string_view> names = command_names(app);
  if (app.default_command) {
    lines.resize(1);
    if (!names.empty()) lines.push_back(fmt::format("{} COMMAND [options] [ARGUMENT…]", app.name));
  }
  std::string out = usage(lines);
  if (app.default_command && !names.empty()) {
    out += two_columns("commands:", fmt::format("{}", fmt::join(names, ", ")), 0, 11, kWidth);
  }
  return out;
}

std::string option_line(const OptionDef& option, const std::string& text) {
  return two_columns(option_heading(option), text, 2, kColumn, kWidth);
}

// The first clause has to do on one screen.
std::string brief(const OptionDef& option) {
  return cut_to_width(option.help.substr(0, option.help.find(';')), kWidth - kColumn);
}

std::string group(const OptionTable& table) {
  std::string out = fmt::format("\n{} options:\n", table.group);
  for (const OptionDef& option : table.options) {
    if (!option.hidden) out += option_line(option, option_description(option));
  }
  return out;
}

std::string entries(std::string_view title, const std::vector<NamedText>& rows,
                    std::size_t column) {
  std::string out = fmt::format("\n{}:\n", title);
  for (const NamedText& row : rows) out += two_columns(row.name, row.text, 2, column, kWidth);
  return out;
}

std::string examples(const AppDef& app) {
  if (app.examples.empty()) return "";
  std::string out = "\nExamples:\n";
  for (const Example& example : app.examples) {
    out += fold(example.text, 2, kWidth);
    out += fmt::format("    {}\n", example.line);
  }
  return out;
}

std::string commands(const AppDef& app) {
  if (command_names(app).empty()) return "";
  std::string out = "\nCommands:\n";
  for (const CommandDef& command : app.commands) {
    if (!command.name.empty()) out += two_columns(command.name, command.summary, 2, 16, kWidth);
  }
  return out;
}

}  // namespace

std::string short_help(const AppDef& app) {
  std::string out = heading(app) + short_usage(app) + "\nexamples:\n";
  for (std::size_t i = 0; i < std::min(kShortExamples, app.examples.size()); ++i) {
    out += fmt::format("  {}\n", app.examples[i].line);
  }
  out += "\noptions used most:\n";
  const std::vector<const OptionTable*> tables = all_tables(app);
  for (const std::string_view name : app.short_help) {
    const OptionDef* const option = find_option(tables, name);
    if (option != nullptr) out += option_line(*option, brief(*option));
  }
  return out + fmt::format("\nmore: {0} --help, man {0}\n", app.name);
}

std::string full_help(const AppDef& app) {
  std::string out = heading(app) + usage(synopsis(app));
  if (!app.description.empty()) out += "\n" + fold(app.description, 0, kWidth);
  out += commands(app) + examples(app);
  for (const OptionTable* const table : all_tables(app)) out += group(*table);
  out +=
      "\n" +
      fold(
          "A switch has a form that takes it back: --no-NAME (or --NAME where --no-NAME is shown). "
          "The last of several counts. -- ends the options.",
          0, kWidth);
  out += entries("Exit status", exit_statuses_of(app), 12);
  out += entries("Files", files_of(app), 34);
  out += entries("Environment", variables_of(app), 26);
  return out + fmt::format("\nmore: man {}\n", app.name);
}

std::string command_help(const AppDef& app, const CommandDef& command, bool full) {
  std::string out = usage({synopsis_of(app, command)}) + fold(command.summary, 0, kWidth);
  for (const OptionTable* const table : tables_of(app, command)) {
    if (full || table != &kGeneralOptions) out += group(*table);
  }
  return out + fmt::format("\nmore: {0} --help, man {0}\n", app.name);
}

}  // namespace quarry::cli
