#include "common/cli/option_text.h"

#include "common/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace quarry::cli {
namespace {

constexpr std::array<Entry, 8> kGeneralVariables{{
    {"QUARRY_CONFIG", "the user's configuration file, instead of the one in XDG_CONFIG_HOME"},
    {"QUARRY_PAGER, PAGER",
     "the pager for long results on a terminal, else less -FRX; empty or cat: none"},
    {"NO_COLOR", "if not empty: no colour"},
    {"CLICOLOR_FORCE", "if neither empty nor 0: colour, also where the output is no terminal"},
    {"TERM", "dumb: no colour"},
    {"COLUMNS", "the width where no terminal tells it"},
    {"XDG_CONFIG_HOME", "the folder of quarry/config.toml, else ~/.config"},
    {"TMPDIR", "the folder of temporary files, else /var/tmp"},
}};

constexpr std::array<Entry, 2> kConfigurationFiles{{
    {"~/.config/quarry/config.toml",
     "settings of the user: [defaults], a section for each tool, [profile.NAME]"},
    {"/etc/xdg/quarry/config.toml", "settings of the machine, in the same form"},
}};

constexpr std::array<Entry, 5> kGeneralStatuses{{
    {"0", "done"},
    {"2", "wrong option, value or query"},
    {"70", "a mistake of this program; please report it"},
    {"130", "interrupted by Ctrl-C"},
    {"143", "ended by SIGTERM"},
}};

std::string with_full_stop(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

// "130, 143" is one entry of two.
bool names_status(std::string_view name, std::string_view status) {
  const std::vector<std::string_view> parts = text::split(name, ',');
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return text::trim_ascii(part) == status; });
}

std::int64_t first_number(const NamedText& text) {
  return text::parse_int64(std::string_view(text.name).substr(0, text.name.find(','))).value_or(0);
}

bool before_as_number(const NamedText& a, const NamedText& b) {
  return first_number(a) < first_number(b);
}

void append(std::vector<NamedText>& texts, std::span<const Entry> entries) {
  for (const Entry& entry : entries) {
    texts.push_back({.name = std::string(entry.name), .text = std::string(entry.text)});
  }
}

NamedText variable_of(const OptionDef& option) {
  const bool limited = option.reach == config::Reach::kTerminal;
  return {.name = std::string(option.variable),
          .text = fmt::format("as --{}{}", option.name, limited ? ", on a terminal only" : "")};
}

}  // namespace

std::string long_form(const OptionDef& option) {
  return fmt::format("--{}{}", option.on_by_default() ? "no-" : "", option.name);
}

std::string option_heading(const OptionDef& option) {
  std::string heading = option.letter == '\0' ? "    " : fmt::format("-{}, ", option.letter);
  heading += long_form(option);
  if (option.takes_value()) heading += fmt::format(" {}", option.metavar);
  return heading;
}

std::string option_description(const OptionDef& option) {
  std::string text = with_full_stop(std::string(option.help));
  const std::vector<std::string_view> choices = choices_of(option);
  if (!choices.empty()) text += fmt::format(" One of: {}.", fmt::join(choices, ", "));
  if (option.takes_value() && !option.default_text.empty())
    text += fmt::format(" Default: {}.", option.default_text);
  if (option.kind == OptionKind::kList) text += " May be repeated.";
  return text;
}

std::string option_sources(const OptionDef& option) {
  std::vector<std::string> sources;
  if (!option.variable.empty()) sources.emplace_back(option.variable);
  if (!option.key.empty())
    sources.push_back(fmt::format("{} in the configuration file", option.key));
  std::string text = fmt::format("{}", fmt::join(sources, "; "));
  if (!text.empty() && option.reach == config::Reach::kTerminal) text += "; on a terminal only";
  return text;
}

bool takes_file(const OptionDef& option) {
  return option.takes_value() && option.choices == nullptr &&
         (option.metavar.ends_with("FILE") || option.metavar.ends_with("PATH"));
}

std::vector<std::string_view> choices_of(const OptionDef& option) {
  if (option.choices == nullptr) return {};
  const auto words = option.choices();
  return {words.begin(), words.end()};
}

std::string synopsis_of(const AppDef& app, const CommandDef& command) {
  std::string line(app.name);
  if (!command.name.empty()) line += fmt::format(" {}", command.name);
  line += " [options]";
  if (!command.arguments.empty()) line += fmt::format(" {}", command.arguments);
  return line;
}

std::vector<std::string> synopsis(const AppDef& app) {
  std::vector<std::string> lines;
  const CommandDef* const usual =
      app.default_command ? find_command(app, *app.default_command) : nullptr;
  if (usual != nullptr) lines.push_back(synopsis_of(app, *usual));
  for (const CommandDef& command : app.commands) {
    if (&command != usual) lines.push_back(synopsis_of(app, command));
  }
  return lines;
}

std::vector<NamedText> variables_of(const AppDef& app) {
  std::vector<NamedText> texts;
  for (const OptionTable* const table : all_tables(app)) {
    for (const OptionDef& option : table->options) {
      if (!option.variable.empty()) texts.push_back(variable_of(option));
    }
  }
  append(texts, kGeneralVariables);
  append(texts, app.variables);
  return texts;
}

std::vector<NamedText> files_of(const AppDef& app) {
  std::vector<NamedText> texts;
  append(texts, kConfigurationFiles);
  append(texts, app.files);
  return texts;
}

std::vector<NamedText> exit_statuses_of(const AppDef& app) {
  std::vector<NamedText> texts;
  append(texts, app.exit_statuses);
  for (const Entry& general : kGeneralStatuses) {
    const bool said = std::any_of(texts.begin(), texts.end(), [&](const NamedText& text) {
      return names_status(text.name, general.name);
    });
    if (!said) append(texts, {&general, 1});
  }
  std::stable_sort(texts.begin(), texts.end(), before_as_number);
  return texts;
}

}  // namespace quarry::cli
