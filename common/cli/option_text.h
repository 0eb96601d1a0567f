// How an option is written wherever people read it: help, man page, completions.
#pragma once

#include "common/cli/app.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::cli {

/// "--format", "--no-pager" (the form that changes something).
std::string long_form(const OptionDef& option);
/// "-f, --format NAME", "    --strict"
std::string option_heading(const OptionDef& option);
/// The help with what the table knows beside it: choices, the built-in value.
std::string option_description(const OptionDef& option);
/// "QUARRY_FORMAT; format in the configuration file; both only on a terminal", or "".
std::string option_sources(const OptionDef& option);

/// What may be written for a value: files or one of these words.
bool takes_file(const OptionDef& option);
std::vector<std::string_view> choices_of(const OptionDef& option);

/// "hq [options] QUERY [FILE…]": one line for each way to call the tool, the default command first.
std::vector<std::string> synopsis(const AppDef& app);
/// "hq check [options] QUERY"
std::string synopsis_of(const AppDef& app, const CommandDef& command);

/// A row of a list that is put together at run time.
struct NamedText {
  std::string name;
  std::string text;
};

/// Options' variables, those of all tools and those of the app.
std::vector<NamedText> variables_of(const AppDef& app);
/// The configuration files and those of the app.
std::vector<NamedText> files_of(const AppDef& app);
/// 0, 2, 70, 130, 143 and those of the app, in order.
std::vector<NamedText> exit_statuses_of(const AppDef& app);

}  // namespace quarry::cli
