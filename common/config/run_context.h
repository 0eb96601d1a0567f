// What a command hands to the rooms that do its work without knowing the command line: settings,
// environment, and ways to speak. cli fills it, auth and others read it.
#pragma once

#include "common/base/cancel.h"
#include "common/base/env.h"
#include "common/base/result.h"
#include "common/base/secret.h"
#include "common/config/setting.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::config {

/// The setting of an option by its long name; the option must be one that the command declares.
using LookUp = std::function<Setting(std::string_view option)>;

struct RunContext {
  std::string tool;     // "lr"
  std::string version;  // "0.1.0"
  Environment environment;
  const CancelToken* cancel = nullptr;
  int verbosity = 0;         // -v: the credential that was chosen; -vv: lines of HTTP
  bool shows_waits = false;  // somebody is watching: say why nothing moves
  LookUp look_up;            // through all layers
  /// Those chosen by --profile or --all-profiles; empty: no profile.
  std::vector<std::string> profiles = {};
  /// The settings as if this were the only profile.
  std::function<Result<LookUp>(const std::string& profile)> of_profile = {};
  /// A line on standard error at once: a code to type, a line of the trace.
  std::function<void(const std::string&)> say = {};
  /// Asks the person for a secret, unseen. Empty where nobody can be asked.
  std::function<Result<Secret>(const std::string& question)> ask_secret = {};
  /// Something the user should know, with the other diagnostics.
  std::function<void(const std::string&)> warn = {};
};

}  // namespace quarry::config
