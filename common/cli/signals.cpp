#include "common/cli/signals.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>

namespace quarry::cli {
namespace {

constexpr std::array<int, 2> kHandled{SIGINT, SIGTERM};

// A handler has no other way to its data than through statics.
std::atomic<CancelToken*> active_token{nullptr};
std::atomic<int> signals_seen{0};
std::array<char, 256> message_text;
std::size_t message_size = 0;
std::array<struct sigaction, kHandled.size()> previous;

void prepare_message(std::string_view tool) {
  // A progress line may stand there: clear it first.
  std::string message = ::isatty(STDERR_FILENO) == 1 ? "\r\x1b[K" : "";
  message += tool;
  message += ": stopping; once more to leave at once\n";
  message_size = message.copy(message_text.data(), message_text.size());
}

void on_signal(int number) {
  const int kept_errno = errno;
  const bool interrupted = number == SIGINT;
  if (signals_seen.fetch_add(1) > 0) ::_exit(interrupted ? 130 : 143);
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message_text.data(), message_size);
  CancelToken* const token = active_token.load();
  if (token != nullptr) {
    token->cancel(interrupted ? CancelReason::kInterrupted : CancelReason::kTerminated);
  }
  errno = kept_errno;
}

}  // namespace

SignalGuard::SignalGuard(CancelToken& token, std::string_view tool) {
  prepare_message(tool);
  signals_seen = 0;
  active_token = &token;
  ::signal(SIGPIPE, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = on_signal;
  // No SA_RESTART: blocking reads outside our own polls are to notice as well.
  for (std::size_t i = 0; i < kHandled.size(); ++i) {
    ::sigaction(kHandled[i], nullptr, &previous[i]);
    if (previous[i].sa_handler != SIG_IGN) ::sigaction(kHandled[i], &action, nullptr);
  }
}

SignalGuard::~SignalGuard() {
  for (std::size_t i = 0; i < kHandled.size(); ++i) {
    ::sigaction(kHandled[i], &previous[i], nullptr);
  }
  active_token = nullptr;
}

}  // namespace quarry::cli
