#include "tests/fakes/watched_command.h"

#include "common/base/file.h"
#include "common/base/text.h"

#include <fmt/format.h>

#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string_view>

namespace quarry::fakes {
namespace {

namespace fs = std::filesystem;
using Secrets = std::vector<std::string>;

constexpr int kLookEveryMilliseconds = 5;

/// Processes and files go away while they are looked at: that is no error.
std::string content_of(const fs::path& path) {
  const Result<std::string> text = read_file(path.string());
  return text ? *text : "";
}

template <class Iterator, class Look>
void look_through(const fs::path& folder, const Look& look) {
  std::error_code problem;
  for (Iterator at(folder, problem); !problem && at != Iterator(); at.increment(problem)) look(*at);
}

bool holds_any(const std::string& text, const Secrets& secrets) {
  return std::any_of(secrets.begin(), secrets.end(), [&text](const std::string& secret) {
    return text.find(secret) != std::string::npos;
  });
}

/// The arguments of all processes that run now.
void look_at_arguments(const Secrets& secrets, std::set<std::string>& leaks) {
  look_through<fs::directory_iterator>("/proc", [&](const fs::directory_entry& entry) {
    if (!text::parse_int64(entry.path().filename().string())) return;
    if (holds_any(content_of(entry.path() / "cmdline"), secrets))
      leaks.insert("a secret stands in the arguments of a process");
  });
}

void look_at_files(const std::string& home, const Secrets& secrets, std::set<std::string>& leaks) {
  look_through<fs::recursive_directory_iterator>(home, [&](const fs::directory_entry& entry) {
    std::error_code ignored;
    if (!entry.is_regular_file(ignored) || !holds_any(content_of(entry.path()), secrets)) return;
    struct stat status {};
    ::stat(entry.path().c_str(), &status);
    const bool is_cache = entry.path().parent_path().filename() == "tokens";
    if (!is_cache || (status.st_mode & 077) != 0)
      leaks.insert(fmt::format("a secret stands in {}", entry.path().string()));
  });
}

pid_t start(const std::vector<std::string>& command, const std::array<int, 2>& out,
            const std::array<int, 2>& err) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  // The servers' threads are running: nothing but system calls between fork and exec.
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::dup2(out[1], STDOUT_FILENO);
  ::dup2(err[1], STDERR_FILENO);
  for (const int end : {out[0], out[1], err[0], err[1]}) ::close(end);
  ::execvp(words[0], words.data());
  ::_exit(127);
}

/// Passes on what arrives; false at the end of the stream.
bool pass_on(int from, int to, std::string& kept) {
  std::array<char, 8192> buffer;
  const ssize_t got = ::read(from, buffer.data(), buffer.size());
  if (got <= 0) return false;
  kept.append(buffer.data(), static_cast<std::size_t>(got));
  return ::write(to, buffer.data(), static_cast<std::size_t>(got)) == got;
}

}  // namespace

WatchedOutcome run_watched(const std::vector<std::string>& command,
                           const std::function<std::vector<std::string>()>& secrets,
                           const std::string& home) {
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (::pipe(out.data()) != 0 || ::pipe(err.data()) != 0)
    throw std::runtime_error("cannot make a pipe");
  const pid_t child = start(command, out, err);
  ::close(out[1]);
  ::close(err[1]);
  std::set<std::string> leaks;
  std::string printed;
  std::array<pollfd, 2> ends{pollfd{out[0], POLLIN, 0}, pollfd{err[0], POLLIN, 0}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    ::poll(ends.data(), ends.size(), kLookEveryMilliseconds);
    look_at_arguments(secrets(), leaks);
    for (std::size_t i = 0; i < 2; ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      const int to = i == 0 ? STDOUT_FILENO : STDERR_FILENO;
      if (!pass_on(ends[i].fd, to, printed)) ends[i].fd = -1;
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  const Secrets all = secrets();
  if (holds_any(printed, all)) leaks.insert("a secret stands in the output");
  if (!home.empty()) look_at_files(home, all, leaks);
  return {.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
          .leaks = {leaks.begin(), leaks.end()}};
}

}  // namespace quarry::fakes
