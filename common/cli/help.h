// Short help (-h, one screen) and full help (--help), both made from the AppDef. Lines stay under
// 80 columns.
#pragma once

#include "common/cli/app.h"

#include <string>

namespace quarry::cli {

/// Usage, three examples, the options used most.
std::string short_help(const AppDef& app);
/// Everything: commands, options by group, exit statuses, files, variables.
std::string full_help(const AppDef& app);
/// One command: usage, what it does, its options (those of the general table only with `full`).
std::string command_help(const AppDef& app, const CommandDef& command, bool full);

}  // namespace quarry::cli
