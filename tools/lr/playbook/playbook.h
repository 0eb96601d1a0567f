// A playbook: what is done on every device, read from a small TOML file and checked before anything
// is sent.
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/services/live_response/command.h"
#include "tools/lr/playbook/template.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::lr {

using live_response::CommandType;

struct PlaybookCommand {
  CommandType type = CommandType::kRunScript;
  std::string name;  // of a file or script in the library; empty for GetFile
  Template text;     // arguments of a script, path of a file to get
};

/// A file that the library must hold, with these bytes, before the first device is asked.
struct PushFile {
  std::string name;  // in the library
  std::string path;  // on this machine
};

struct Playbook {
  std::string name;
  std::vector<PlaybookCommand> commands;
  std::vector<PushFile> pushes;
  double pending_seconds = 600;  // a device that has not begun by then waits its turn again
  double give_up_after_seconds = 3 * 86400;  // a device that never answers
  bool nonzero_exit_fails = true;
};

/// A playbook, or every mistake in it (kUsage, placed at file:line). Looks at the files to push,
/// beside the playbook, and asks no network.
struct PlaybookCheck {
  Playbook playbook;
  std::vector<Error> mistakes;
};
PlaybookCheck check_playbook(std::string_view text, const std::string& path);

/// Letters, digits, '-', '_', '.', as the library takes them.
bool is_library_name(std::string_view name);

}  // namespace quarry::lr
