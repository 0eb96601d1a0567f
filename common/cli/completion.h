// Completions for three shells, made from the same tables as the parser.
#pragma once

#include "common/cli/app.h"

#include <string>

namespace quarry::cli {

std::string bash_completion(const AppDef& app);
std::string zsh_completion(const AppDef& app);
std::string fish_completion(const AppDef& app);

/// A name that shells take for a function: "taxii-pull" -> "taxii_pull".
std::string function_name(std::string_view tool);
/// All options of a tool that completions offer, in the order of their tables.
std::vector<const OptionDef*> completed_options(const AppDef& app);
/// The commands that can be named.
std::vector<const CommandDef*> named_commands(const AppDef& app);
/// In single quotes, for all three shells.
std::string single_quoted(std::string_view text);

}  // namespace quarry::cli
