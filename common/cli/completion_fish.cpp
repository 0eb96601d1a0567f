// fish: one `complete` line for each option and command.
#include "common/cli/completion.h"
#include "common/cli/option_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace quarry::cli {
namespace {

// fish knows \' and \\ inside single quotes, not '\''.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string value_part(const OptionDef& option) {
  if (!option.takes_value()) return "";
  const std::vector<std::string_view> choices = choices_of(option);
  if (!choices.empty()) return fmt::format(" -x -a '{}'", fmt::join(choices, " "));
  return takes_file(option) ? " -r -F" : " -x";
}

}  // namespace

std::string fish_completion(const AppDef& app) {
  std::string out =
      fmt::format("# fish completion for {0}, made by: {0} --generate fish\n", app.name);
  for (const CommandDef* const command : named_commands(app)) {
    out += fmt::format("complete -c {} -n __fish_use_subcommand -a {} -d {}\n", app.name,
                       command->name, fish_quoted(command->summary));
  }
  for (const OptionDef* const option : completed_options(app)) {
    if (option->hidden) continue;
    const std::string letter = option->letter == '\0' ? "" : fmt::format(" -s {}", option->letter);
    out +=
        fmt::format("complete -c {}{} -l {}{} -d {}\n", app.name, letter,
                    long_form(*option).substr(2), value_part(*option), fish_quoted(option->help));
  }
  return out;
}

}  // namespace quarry::cli
