#include "common/cli/pager.h"

#include "common/base/text.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

extern char** environ;

namespace quarry::cli {
namespace {

// A first word that the shell would expand or assign is left to the shell.
bool is_runnable(const std::string& command) {
  const std::string program = command.substr(0, command.find(' '));
  if (program.find_first_of("=$`\"'\\~;|&(<>") != std::string::npos) return true;
  if (program.find('/') != std::string::npos) return ::access(program.c_str(), X_OK) == 0;
  const char* const path = ::getenv("PATH");
  const std::vector<std::string_view> folders = text::split(path == nullptr ? "" : path, ':');
  return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) {
    return ::access((std::string(folder) + "/" + program).c_str(), X_OK) == 0;
  });
}

/// Starts `sh -c command` with the read end as its stdin; -1 where that fails.
pid_t spawn_reader(const std::string& command, int read_end) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, read_end, STDIN_FILENO);
  // We ignore SIGPIPE and handle SIGINT; the pager is to start with neither.
  sigset_t reset;
  ::sigemptyset(&reset);
  ::sigaddset(&reset, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &reset);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

  std::string shell = "sh";
  std::string flag = "-c";
  std::string line = command;
  char* const words[] = {shell.data(), flag.data(), line.data(), nullptr};
  pid_t child = -1;
  if (::posix_spawn(&child, "/bin/sh", &actions, &attributes, words, environ) != 0) child = -1;
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  return child;
}

}  // namespace

std::string pager_command(const Environment& environment) {
  for (const char* const name : {"QUARRY_PAGER", "PAGER"}) {
    const std::optional<std::string> command = environment(name);
    if (command) return *command == "cat" ? "" : *command;
  }
  return "less -FRX";
}

Pager Pager::start(const std::string& command) {
  Pager pager;
  int ends[2];
  if (command.empty() || !is_runnable(command) || ::pipe2(ends, O_CLOEXEC) != 0) return pager;
  pager.child_ = spawn_reader(command, ends[0]);
  ::close(ends[0]);
  if (pager.child_ > 0) {
    pager.pipe_ = ends[1];
  } else {
    ::close(ends[1]);
  }
  return pager;
}

Pager::Pager(Pager&& other) noexcept
    : pipe_(std::exchange(other.pipe_, -1)), child_(std::exchange(other.child_, -1)) {}

Pager::~Pager() { finish(); }

void Pager::finish() {
  if (pipe_ >= 0) ::close(std::exchange(pipe_, -1));
  if (child_ <= 0) return;
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
}

}  // namespace quarry::cli
