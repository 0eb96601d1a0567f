#include "common/cli/ask_secret.h"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <string_view>
#include <thread>

using namespace quarry;

namespace {

/// A pair of pseudo-terminals: what the person sees and types, and what the program opens.
struct Terminal {
  Terminal() : person(::posix_openpt(O_RDWR | O_NOCTTY)) {
    ::grantpt(person);
    ::unlockpt(person);
    program = ::open(::ptsname(person), O_RDWR | O_NOCTTY);
  }
  ~Terminal() {
    ::close(program);
    ::close(person);
  }
  bool echoes() const {
    termios state{};
    ::tcgetattr(program, &state);
    return (state.c_lflag & ECHO) != 0;
  }
  /// Types once the echo is off.
  std::jthread types(std::string_view text) const {
    return std::jthread([this, text] {
      while (echoes()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      [[maybe_unused]] const auto ignored = ::write(person, text.data(), text.size());
    });
  }
  /// False on machines without pseudo-terminals (a chroot without /dev/pts).
  bool is_there() const {
    if (program < 0) MESSAGE("there is no pseudo-terminal here: not tested");
    return program >= 0;
  }
  /// All that was shown, up to the line's end; the terminal hands it over in pieces.
  std::string seen() const {
    std::string all;
    pollfd shown{person, POLLIN, 0};
    while (!all.ends_with('\n') && ::poll(&shown, 1, 2000) > 0) {
      char c = '\0';
      if (::read(person, &c, 1) != 1) break;
      all += c;
    }
    return all;
  }
  int person;
  int program;
};

}  // namespace

TEST_CASE("a secret is typed unseen, and the echo comes back") {
  const Terminal terminal;
  if (!terminal.is_there()) return;
  const CancelToken cancel;
  const std::jthread person = terminal.types("hunter2\n");
  const auto secret = cli::ask_secret(terminal.program, "client secret", cancel);
  REQUIRE(secret);
  CHECK(secret->reveal() == "hunter2");
  CHECK(terminal.echoes());
  CHECK(terminal.seen() == "client secret: \r\n");
}

TEST_CASE("no answer is no secret, and Ctrl-C ends the question with the echo on") {
  const Terminal terminal;
  if (!terminal.is_there()) return;
  CancelToken cancel;
  {
    const std::jthread person = terminal.types("\n");
    CHECK_FALSE(cli::ask_secret(terminal.program, "x", cancel));
  }
  cancel.cancel(CancelReason::kInterrupted);
  CHECK(cli::ask_secret(terminal.program, "x", cancel).error().code() == ErrorCode::kInterrupted);
  CHECK(terminal.echoes());
}

TEST_CASE("what is no terminal is not asked") {
  const int null = ::open("/dev/null", O_RDWR);
  const CancelToken cancel;
  CHECK(cli::ask_secret(null, "x", cancel).error().code() == ErrorCode::kAuth);
  ::close(null);
}
