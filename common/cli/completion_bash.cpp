// bash: one function that looks at the word before the cursor. Needs nothing of the package
// bash-completion. A word
// --name=value reaches it as three words, because '=' breaks words.
#include "common/cli/completion.h"
#include "common/cli/option_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace quarry::cli {
namespace {

std::string pattern(const OptionDef& option) {
  return option.letter == '\0' ? fmt::format("--{}", option.name)
                               : fmt::format("--{}|-{}", option.name, option.letter);
}

std::string offer(std::string_view generator) {
  return fmt::format("mapfile -t COMPREPLY < <(compgen {} -- \"$current\")", generator);
}

std::string word_list(std::string_view words) { return fmt::format("-W {}", single_quoted(words)); }

// What may follow an option with a value; nothing is offered where only the user knows.
std::string value_case(const OptionDef& option) {
  const std::vector<std::string_view> choices = choices_of(option);
  std::string action;
  if (!choices.empty()) action = offer(word_list(fmt::format("{}", fmt::join(choices, " "))));
  if (takes_file(option)) action = offer("-f");
  return fmt::format("        {}) {}{}return ;;\n", pattern(option), action,
                     action.empty() ? "" : "; ");
}

std::string all_option_words(const AppDef& app) {
  std::string words;
  for (const OptionDef* const option : completed_options(app)) {
    if (option->hidden) continue;
    words += fmt::format("{}{}", words.empty() ? "" : " ", long_form(*option));
  }
  return words;
}

std::string first_word(const AppDef& app) {
  std::vector<std::string_view> names;
  for (const CommandDef* const command : named_commands(app)) names.push_back(command->name);
  if (names.empty()) return "";
  return fmt::format("    if [[ $COMP_CWORD -eq 1 ]]; then\n        {}\n        return\n    fi\n",
                     offer("-f " + word_list(fmt::format("{}", fmt::join(names, " ")))));
}

}  // namespace

std::string bash_completion(const AppDef& app) {
  const std::string name = function_name(app.name);
  std::string out =
      fmt::format("# bash completion for {0}, made by: {0} --generate bash\n", app.name);
  out += fmt::format("_{}() {{\n", name);
  out +=
      "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "    if [[ $current == = ]]; then\n"
      "        current=\n"
      "    elif [[ $previous == = ]]; then\n"
      "        previous=${COMP_WORDS[COMP_CWORD-2]}\n"
      "    fi\n"
      "    case $previous in\n";
  for (const OptionDef* const option : completed_options(app)) {
    if (option->takes_value()) out += value_case(*option);
  }
  out += "    esac\n";
  out += fmt::format("    if [[ $current == -* ]]; then\n        {}\n        return\n    fi\n",
                     offer(word_list(all_option_words(app))));
  out += first_word(app);
  out += fmt::format("    {}\n}}\n", offer("-f"));
  return out + fmt::format("complete -o filenames -F _{} {}\n", name, app.name);
}

}  // namespace quarry::cli
