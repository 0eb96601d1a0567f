#include "common/cli/app.h"

#include "common/cli/standard_options.h"

#include <algorithm>

namespace quarry::cli {
namespace {

void append(std::vector<const OptionTable*>& tables, OptionTables more) {
  for (const OptionTable* const table : more) {
    const bool known = std::find(tables.begin(), tables.end(), table) != tables.end();
    if (!known) tables.push_back(table);
  }
}

std::vector<const OptionTable*> with_general_last(std::vector<const OptionTable*> tables) {
  const OptionTable* const general = &kGeneralOptions;
  append(tables, {&general, 1});
  return tables;
}

}  // namespace

const CommandDef* find_command(const AppDef& app, std::string_view name) {
  const auto found = std::find_if(app.commands.begin(), app.commands.end(),
                                  [&](const CommandDef& command) { return command.name == name; });
  return found == app.commands.end() ? nullptr : &*found;
}

std::vector<const OptionTable*> tables_of(const AppDef& app, const CommandDef& command) {
  std::vector<const OptionTable*> tables;
  append(tables, app.options);
  append(tables, command.options);
  return with_general_last(std::move(tables));
}

std::vector<const OptionTable*> all_tables(const AppDef& app) {
  std::vector<const OptionTable*> tables;
  append(tables, app.options);
  for (const CommandDef& command : app.commands) append(tables, command.options);
  return with_general_last(std::move(tables));
}

const OptionDef* find_option(OptionTables tables, std::string_view long_name) {
  for (const OptionTable* const table : tables) {
    for (const OptionDef& option : table->options) {
      if (option.name == long_name) return &option;
    }
  }
  return nullptr;
}

}  // namespace quarry::cli
