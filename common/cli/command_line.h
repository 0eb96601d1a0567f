// Decides what a command line asks for: which command, with which options and arguments.
#pragma once

#include "common/base/error.h"
#include "common/cli/word_parser.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace quarry::cli {

enum class HelpWanted : std::uint8_t { kNone, kShort, kFull };

struct CommandLine {
  const CommandDef* command =
      nullptr;  // nullptr only with errors, help or other answers about the tool itself
  bool command_named = false;  // by the user, not by default
  ParsedWords words;           // arguments without the command's name; errors of all kinds
  HelpWanted help = HelpWanted::kNone;

  /// The last value given for an option of the general table or the app's, "" without.
  std::string given_text(const AppDef& app, std::string_view option) const;
};

/// The rule of AppDef: the first argument is a command if it is a command's name, not behind "--"
/// and not after the option `arguments_only_after`; else the default command runs.
CommandLine parse_command_line(const AppDef& app, std::span<const std::string> words);

}  // namespace quarry::cli
