#include "common/base/process.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace quarry {
namespace {

using Clock = std::chrono::steady_clock;

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  bool is_open() const { return ends_[0] >= 0; }
  int end(std::size_t i) const { return ends_[i]; }
  void close_end(std::size_t i) {
    if (ends_[i] >= 0) ::close(std::exchange(ends_[i], -1));
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// Errno, or 0 with the child's id. It leads a group of its own, so that all it started can be
/// ended.
int spawn(const std::vector<std::string>& words, const Pipe& out, const Pipe& err, pid_t& child) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.end(1), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.end(1), STDERR_FILENO);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // SIGPIPE is ignored in our tools; the child starts with the usual rule.
  sigset_t defaults;
  ::sigemptyset(&defaults);
  ::sigaddset(&defaults, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  const int problem =
      ::posix_spawnp(&child, pointers[0], &actions, &attributes, pointers.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return problem;
}

struct Collected {
  std::string out;
  std::string err;
  std::optional<Error> problem;
};

/// Reads both streams until both end or something forbids to go on.
Collected collect(const Pipe& out, const Pipe& err, const ProcessOptions& options) {
  Collected result;
  result.out.reserve(64 << 10);  // grows rarely: old buffers of a secret are not wiped
  const Clock::time_point deadline = Clock::now() + options.timeout;
  const int stop = options.cancel == nullptr ? -1 : options.cancel->descriptor();
  std::array<pollfd, 3> streams{pollfd{out.end(0), POLLIN, 0}, pollfd{err.end(0), POLLIN, 0},
                                pollfd{stop, POLLIN, 0}};
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      result.problem = Error(ErrorCode::kTimedOut, "the program did not end in time");
      return result;
    }
    if (options.cancel != nullptr && options.cancel->cancelled()) {
      result.problem = options.cancel->error();
      return result;
    }
    if (::poll(streams.data(), streams.size(), static_cast<int>(left)) <= 0) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      if (streams[i].fd < 0 || streams[i].revents == 0) continue;
      char buffer[8192];
      const ssize_t got = ::read(streams[i].fd, buffer, sizeof buffer);
      std::string& text = i == 0 ? result.out : result.err;
      if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
      ::explicit_bzero(buffer, sizeof buffer);
      if (got == 0 || (got < 0 && errno != EINTR)) streams[i].fd = -1;
      if (text.size() > options.output_limit) {
        result.problem = Error(ErrorCode::kData, "the program printed more than expected");
        return result;
      }
    }
  }
  return result;
}

}  // namespace

Result<ProcessOutcome> run_process(const std::vector<std::string>& words,
                                   const ProcessOptions& options) {
  if (words.empty()) return fail(ErrorCode::kUsage, "no program is named");
  Pipe out;
  Pipe err;
  pid_t child = -1;
  const int problem = out.is_open() && err.is_open() ? spawn(words, out, err, child) : EMFILE;
  if (problem != 0)
    return fail(ErrorCode::kUsage,
                fmt::format("cannot run '{}': {}", words[0], std::strerror(problem)));
  out.close_end(1);
  err.close_end(1);
  Collected collected = collect(out, err, options);
  if (collected.problem) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  ProcessOutcome outcome;
  outcome.output = Secret(std::move(collected.out));
  outcome.errors = std::move(collected.err);
  outcome.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  if (collected.problem) {
    return fail(collected.problem->code(),
                fmt::format("'{}': {}", words[0], collected.problem->message()));
  }
  return outcome;
}

}  // namespace quarry
