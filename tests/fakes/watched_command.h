// Runs a command and looks for secrets wherever they could come to light.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace quarry::fakes {

struct WatchedOutcome {
  int status = 0;                  // exit status; 128 + signal
  std::vector<std::string> leaks;  // where secrets were seen, without showing them
};

/// Its output is passed on. `secrets` is asked again and again: tokens come into being meanwhile.
/// `home`: the folder whose files are searched at the end; the token cache, which keeps tokens, is
/// left out, as long as nobody but its owner may read it.
WatchedOutcome run_watched(const std::vector<std::string>& command,
                           const std::function<std::vector<std::string>()>& secrets,
                           const std::string& home);

}  // namespace quarry::fakes
