// A tool described once: parsing, both helps, man page, completions and --show-config derive from
// an AppDef.
#pragma once

#include "common/base/result.h"
#include "common/config/option.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace quarry::cli {

using config::OptionDef;
using config::OptionKind;
using config::OptionTable;
/// Tables by pointer, so that one table may serve several tools and commands.
using OptionTables = std::span<const OptionTable* const>;

class Invocation;
/// The exit status, or an Error that run() prints and maps to one.
using CommandFunction = Result<int> (*)(Invocation&);

inline constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

struct CommandDef {
  std::string_view name;       // "check"; "": cannot be named, only be the default
  std::string_view summary;    // one line without a full stop
  std::string_view arguments;  // as the usage line shows them: "QUERY [FILE…]"
  CommandFunction run = nullptr;
  OptionTables options = {};  // beyond AppDef::options
  std::size_t min_arguments = 0;
  std::size_t max_arguments = kAnyNumber;
};

struct Example {
  std::string_view line;  // "hq 'take 10' events.ndjson"
  std::string_view text;  // what it does
};

/// A row of the man page's lists (EXIT STATUS, FILES, ENVIRONMENT).
struct Entry {
  std::string_view name;
  std::string_view text;
};

struct AppDef {
  std::string_view name;
  std::string_view summary;           // "answers KQL over event files"
  std::string_view description;       // paragraphs, separated by an empty line
  std::span<const Example> examples;  // the first three are in the short help
  std::span<const CommandDef> commands;
  /// Runs when the first argument is no command's name; nullopt: that is an error.
  std::optional<std::string_view> default_command;
  /// Once this option is given, arguments after it are never a command ("query-file": they are
  /// files). May be empty.
  std::string_view arguments_only_after = {};
  OptionTables options;  // of every command, beyond the general ones that all tools have
  std::span<const std::string_view> short_help;  // long names of the options used most, ten at most
  std::span<const Entry> exit_statuses;
  std::span<const Entry> files;                // beyond the configuration files
  std::span<const Entry> variables;            // beyond those of the options and the general ones
  std::string_view security;                   // paragraphs
  std::span<const std::string_view> see_also;  // "jq(1)"
  /// man/<tool>.1.in as the build embeds it (quarry_man_page); without it the page is made from the
  /// above alone.
  const std::string_view* man_page = nullptr;
};

/// nullptr where no command has the name.
const CommandDef* find_command(const AppDef& app, std::string_view name);
/// The general options, those of the app and those of the command.
std::vector<const OptionTable*> tables_of(const AppDef& app, const CommandDef& command);
/// The general options, those of the app and of all commands; each table once.
std::vector<const OptionTable*> all_tables(const AppDef& app);
/// nullptr where no table has it.
const OptionDef* find_option(OptionTables tables, std::string_view long_name);

}  // namespace quarry::cli
