// What a command gets: its options, each looked up through all layers, its arguments, and the run's
// surroundings.
#pragma once

#include "common/base/cancel.h"
#include "common/base/diagnostics.h"
#include "common/base/env.h"
#include "common/base/result.h"
#include "common/base/source_map.h"
#include "common/cli/app.h"
#include "common/cli/terminal.h"
#include "common/config/config.h"
#include "common/config/run_context.h"
#include "common/time/ticks.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::cli {

/// The effective settings of one command, by option. Names that the command does not declare are
/// our mistake (assertion).
class Options {
 public:
  void set(const OptionDef& option, config::Setting setting);

  bool flag(std::string_view name) const;                             ///< kSwitch
  int count(std::string_view name) const;                             ///< kCount
  const std::string& text(std::string_view name) const;               ///< the last value, or ""
  const std::vector<std::string>& list(std::string_view name) const;  ///< kList
  bool is_set(std::string_view name) const;       ///< by any layer, the built-in one included
  bool is_given(std::string_view name) const;     ///< on the command line
  bool is_declared(std::string_view name) const;  ///< may the command ask for it at all
  const config::Setting& setting(std::string_view name) const;

  /// Typed values; nullopt where not set, kUsage with the origin where it is not one.
  Result<std::optional<std::uint64_t>> number(std::string_view name) const;
  Result<std::optional<std::uint64_t>> size(std::string_view name) const;  ///< bytes: "16MiB"
  Result<std::optional<Timespan>> duration(std::string_view name) const;   ///< not negative: "90s"
  Result<std::optional<Datetime>> instant(std::string_view name) const;

  /// All of them, in the order of declaration.
  struct Item {
    const OptionDef* option;
    config::Setting setting;
  };
  const std::vector<Item>& items() const { return items_; }

 private:
  const Item& item(std::string_view name) const;
  std::vector<Item> items_;
  std::map<std::string_view, std::size_t> index_;
};

/// The profiles that were chosen, and the options as each of them sets them.
struct Profiles {
  std::vector<std::string> chosen;
  std::vector<std::string> all;  // of the configuration, for --all-profiles
  std::function<Result<Options>(const std::string& profile)> options_of;
  /// The same for sections of which a tool has many: the names behind the prefix ("taxii."), and
  /// the options as the section sets them. May be empty.
  std::function<std::vector<std::string>(std::string_view prefix)> sections_of = {};
  std::function<Result<Options>(const std::string& section)> options_in = {};
};

class Invocation {
 public:
  Invocation(const AppDef& app, const CommandDef& command, Options options,
             std::vector<std::string> arguments, Streams streams, Environment environment,
             Profiles profiles = {});

  const AppDef& app() const { return app_; }
  const CommandDef& command() const { return command_; }
  const Options& options() const { return options_; }
  /// Without options and the command's name; "-" as written.
  std::span<const std::string> arguments() const { return arguments_; }
  const Streams& streams() const { return streams_; }
  const Environment& environment() const { return environment_; }

  CancelToken& cancel() { return cancel_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  bool flag(std::string_view name) const { return options_.flag(name); }
  const std::string& text(std::string_view name) const { return options_.text(name); }
  const std::vector<std::string>& list(std::string_view name) const { return options_.list(name); }

  /// The text that spans of diagnostics point into, and how to call it: "triage.kql", "query". Set
  /// before the first such diagnostic.
  void set_query(std::string_view text, std::string name);
  /// The query and behind it what it loads: functions from files.
  SourceMap& sources() { return sources_; }

  /// The file that --output names; "" for standard output, which "-" is too.
  std::string output_file() const;
  /// --format of results. Without it: of a file, what its ending says, else `ndjson`; of standard
  /// output, what the settings say, else `table` on a terminal and `ndjson` elsewhere.
  std::string format() const;
  /// The sections [PREFIX.NAME] of the configuration: their names, and the options as one of them
  /// sets them below what was given on the command line.
  std::vector<std::string> section_names(std::string_view prefix) const {
    return profiles_.sections_of ? profiles_.sections_of(prefix) : std::vector<std::string>();
  }
  Result<Options> section_options(const std::string& section) const {
    return profiles_.options_in ? profiles_.options_in(section) : Result<Options>(options_);
  }
  /// For the rooms that do not know the command line. Valid while the invocation is.
  config::RunContext run_context();

  /// --now, else the clock, read once.
  Datetime now() const { return now_; }

  /// Prints what has been reported since the last call; run() does so at the end. Before a prompt
  /// or with --follow call it yourself.
  void print_diagnostics();

 private:
  const AppDef& app_;
  const CommandDef& command_;
  Options options_;
  std::vector<std::string> arguments_;
  Streams streams_;
  Environment environment_;
  Profiles profiles_;
  CancelToken cancel_;
  Diagnostics diagnostics_;
  SourceMap sources_;
  Datetime now_;
  std::set<std::string> printed_;  // identities of diagnostics
};

}  // namespace quarry::cli
