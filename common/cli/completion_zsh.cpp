// zsh: one call of _arguments, which knows -nvalue, --name value and --name=value by itself.
#include "common/cli/completion.h"
#include "common/cli/option_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace quarry::cli {
namespace {

// Brackets and colons separate the parts of a specification.
std::string spec_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string value_part(const OptionDef& option) {
  if (!option.takes_value()) return "";
  const std::vector<std::string_view> choices = choices_of(option);
  std::string action = " ";
  if (!choices.empty()) action = fmt::format("({})", fmt::join(choices, " "));
  if (takes_file(option)) action = "_files";
  return fmt::format(":{}:{}", spec_text(option.metavar), action);
}

std::string specification(const OptionDef& option, const std::string& spelling) {
  const bool again = option.kind == OptionKind::kList || option.kind == OptionKind::kCount;
  return fmt::format("    {} \\\n",
                     single_quoted(fmt::format("{}{}[{}]{}", again ? "*" : "", spelling,
                                               spec_text(option.help), value_part(option))));
}

std::string specifications(const OptionDef& option) {
  const bool valued = option.takes_value();
  std::string out = specification(option, long_form(option) + (valued ? "=" : ""));
  if (option.letter != '\0') {
    out += specification(option, fmt::format("-{}{}", option.letter, valued ? "+" : ""));
  }
  return out;
}

}  // namespace

std::string zsh_completion(const AppDef& app) {
  const std::string name = function_name(app.name);
  std::string out = fmt::format(
      "#compdef {0}\n# zsh completion for {0}, made by: {0} --generate zsh\n\n", app.name);
  out += fmt::format("_{}_first() {{\n  local -a commands=(\n", name);
  for (const CommandDef* const command : named_commands(app)) {
    out += fmt::format("    {}\n", single_quoted(fmt::format("{}:{}", command->name,
                                                             spec_text(command->summary))));
  }
  out += fmt::format(
      "  )\n  _describe -t commands command commands\n  _files\n}}\n\n_{0}() {{\n  _arguments -s "
      "-S \\\n",
      name);
  for (const OptionDef* const option : completed_options(app)) {
    if (!option->hidden) out += specifications(*option);
  }
  out += fmt::format(
      "    '1:command or query:_{0}_first' \\\n    '*:file:_files'\n}}\n\n_{0} \"$@\"\n", name);
  return out;
}

}  // namespace quarry::cli
