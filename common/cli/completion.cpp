#include "common/cli/completion.h"

#include <algorithm>

namespace quarry::cli {

std::string function_name(std::string_view tool) {
  std::string name(tool);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::vector<const OptionDef*> completed_options(const AppDef& app) {
  std::vector<const OptionDef*> options;
  for (const OptionTable* const table : all_tables(app)) {
    for (const OptionDef& option : table->options) options.push_back(&option);
  }
  return options;
}

std::vector<const CommandDef*> named_commands(const AppDef& app) {
  std::vector<const CommandDef*> commands;
  for (const CommandDef& command : app.commands) {
    if (!command.name.empty()) commands.push_back(&command);
  }
  return commands;
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace quarry::cli
