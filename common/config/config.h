// The settings of a run, each with where it came from:
// option > environment > --profile section > user file > system file > built-in.
// Within a file the tool's own section goes before [defaults].
#pragma once

#include "common/base/diagnostics.h"
#include "common/base/env.h"
#include "common/base/result.h"
#include "common/config/option.h"
#include "common/config/setting.h"
#include "common/config/toml_file.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::config {

/// What decides which files are read and which of their sections count.
struct Request {
  Environment environment;
  std::string_view tool;  // "hq": its section
  std::vector<std::string>
      profiles;  // --profile; empty: QUARRY_PROFILE, else `profile` of the files, else none
  bool stdout_is_terminal = false;  // see Reach::kTerminal
  std::string system_file = "/etc/xdg/quarry/config.toml";
};

/// The user's file: $QUARRY_CONFIG, else $XDG_CONFIG_HOME/quarry/config.toml, else
/// ~/.config/quarry/config.toml; "" without a home.
std::string user_file_path(const Environment& environment);

class Config {
 public:
  /// Reads the files that exist. kUsage for a file that cannot be read or is not TOML, for a
  /// QUARRY_CONFIG that does not exist and for a profile that no file has.
  static Result<Config> load(Request request);

  /// Warns of keys and sections that nobody knows, with file:line and the nearest name. `tables`:
  /// all options of the tool.
  void warn_of_unknown_keys(std::span<const OptionTable* const> tables,
                            Diagnostics& diagnostics) const;

  /// What holds for an option; `given`: its values on the command line (empty: not given),
  /// `spelling`: as it was written there. kUsage where a value is not one that the option takes.
  Result<Setting> look_up(const OptionDef& option, std::vector<std::string> given = {},
                          std::string_view spelling = {}) const;

  const std::vector<std::string>& profiles() const { return request_.profiles; }
  /// Of all files, in the order of their sections, each once.
  std::vector<std::string> profile_names() const;
  /// The same settings with this profile alone.
  Config with_profile(std::string name) const;

  /// The names behind the prefix ("taxii.") of all files' sections, each once, in their order.
  std::vector<std::string> names_behind(std::string_view prefix) const;
  /// The same settings with this section ("taxii.NAME") before profiles and files.
  Config with_section(std::string section) const;

 private:
  Result<void> choose_profiles();
  std::optional<Setting> from_environment(const OptionDef& option) const;
  std::optional<Setting> from_files(const OptionDef& option) const;

  Request request_;
  std::string section_;          // counts like a profile, before them
  std::vector<TomlFile> files_;  // the strongest first
  std::size_t user_files_ = 0;   // so many of them are the user's
};

}  // namespace quarry::config
