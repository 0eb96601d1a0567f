#include "common/cli/signals.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace quarry::cli {
namespace {

constexpr std::array<int, 2> kHandled{SIGINT, SIGTERM};

// timeout(1) and shells signal the process and then its group: what comes this soon after the first
// is the same request.
constexpr std::int64_t kSameRequest = 300'000'000;

// A handler has no other way to its data than through statics.
std::atomic<CancelToken*> active_token{nullptr};
// When the first signal came, in ns of the monotonic clock; 0: none yet.
std::atomic<std::int64_t> first_signal{0};
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

// clock_gettime is safe in a handler, std::chrono does not promise to be.
std::int64_t monotonic_now() {
  struct timespec now {};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void on_signal(int number) {
  const int kept_errno = errno;
  const bool interrupted = number == SIGINT;
  const std::int64_t now = monotonic_now();
  std::int64_t first = 0;
  if (!first_signal.compare_exchange_strong(first, now)) {
    if (now - first > kSameRequest) ::_exit(interrupted ? 130 : 143);
    errno = kept_errno;
    return;
  }
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
  first_signal = 0;
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
