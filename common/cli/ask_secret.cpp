#include "common/cli/ask_secret.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace quarry::cli {
namespace {

constexpr std::size_t kLongestSecret = 4096;

class [[nodiscard]] EchoOff {
 public:
  explicit EchoOff(int terminal) : terminal_(terminal) {
    changed_ = ::tcgetattr(terminal_, &before_) == 0;
    if (!changed_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    // What was typed ahead was shown: it is no secret any more.
    changed_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;
  ~EchoOff() {
    if (changed_) ::tcsetattr(terminal_, TCSANOW, &before_);
  }
  bool is_off() const { return changed_; }

 private:
  int terminal_;
  termios before_{};
  bool changed_ = false;
};

void show(int terminal, std::string_view text) {
  [[maybe_unused]] const auto ignored = ::write(terminal, text.data(), text.size());
}

Result<Secret> read_line(int terminal, const CancelToken& cancel) {
  std::string line;
  line.reserve(kLongestSecret);  // growing would leave copies behind
  while (line.size() < kLongestSecret) {
    std::array<pollfd, 2> ends{pollfd{terminal, POLLIN, 0}, pollfd{cancel.descriptor(), POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) break;
    if (const auto error = cancel.error()) {
      wipe(line);
      return fail(*error);
    }
    if (ends[0].revents == 0) continue;
    char c = '\0';
    const ssize_t got = ::read(terminal, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || c == '\n' || c == '\r') break;
    line += c;
  }
  return Secret(std::move(line));
}

}  // namespace

Result<Secret> ask_secret(int terminal, std::string_view question, const CancelToken& cancel) {
  const EchoOff quiet(terminal);
  if (!quiet.is_off())
    return fail(ErrorCode::kAuth, "the terminal would show the secret; it was not asked for");
  show(terminal, question);
  show(terminal, ": ");
  Result<Secret> secret = read_line(terminal, cancel);
  show(terminal, "\n");
  if (secret && secret->empty()) return fail(ErrorCode::kAuth, "no secret was typed");
  return secret;
}

Result<Secret> ask_secret(std::string_view question, const CancelToken& cancel) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0)
    return fail(ErrorCode::kAuth, "there is no terminal to ask for the secret at",
                "give --client-secret-file");
  Result<Secret> secret = ask_secret(terminal, question, cancel);
  ::close(terminal);
  return secret;
}

}  // namespace quarry::cli
