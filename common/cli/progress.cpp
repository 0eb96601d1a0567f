#include "common/cli/progress.h"

#include "common/base/clock.h"
#include "common/base/unicode.h"
#include "common/cli/fold.h"

#include <unistd.h>

#include <chrono>
#include <utility>

namespace quarry::cli {
namespace {

constexpr double kFirst = 0.5;
constexpr double kEvery = 0.1;
constexpr double kEveryPlain = 10.0;
constexpr std::string_view kEraseLine = "\r\x1b[K";

void write_to_stderr(const std::string& bytes) {
  // What cannot be shown is only progress.
  if (!bytes.empty()) [[maybe_unused]]
    const auto written = ::write(STDERR_FILENO, bytes.data(), bytes.size());
}

}  // namespace

ProgressLine::ProgressLine(bool is_terminal, When when, std::size_t width)
    : is_terminal_(is_terminal),
      enabled_(when == When::kAlways || (when == When::kAuto && is_terminal)),
      width_(width),
      next_(is_terminal ? kFirst : kEveryPlain) {}

bool ProgressLine::due(double seconds) const { return enabled_ && seconds >= next_; }

std::string ProgressLine::draw(std::string_view text, double seconds) {
  next_ = seconds + (is_terminal_ ? kEvery : kEveryPlain);
  const std::string safe = unicode::escape_for_terminal(text);
  if (!is_terminal_) return safe + "\n";
  shown_ = true;
  // The last column stays free: some terminals wrap as soon as it is filled.
  return std::string(kEraseLine) + cut_to_width(safe, width_ > 1 ? width_ - 1 : 1);
}

std::string ProgressLine::clear() {
  return std::exchange(shown_, false) ? std::string(kEraseLine) : std::string();
}

Progress::Progress(const Streams& streams, When when, std::function<std::string()> describe)
    : describe_(std::move(describe)), line_(streams.stderr_is_terminal, when, streams.width) {
  const bool wanted = when == When::kAlways || (when == When::kAuto && streams.stderr_is_terminal);
  if (wanted) thread_ = std::thread([this] { loop(); });
}

Progress::~Progress() { stop(); }

void Progress::stop() {
  std::call_once(stopped_, [this] {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    write_to_stderr(line_.clear());
  });
}

void Progress::say(std::string_view text) {
  const std::lock_guard lock(mutex_);
  write_to_stderr(line_.clear() + unicode::escape_for_terminal(text) + "\n");
}

void Progress::loop() {
  const double start = monotonic_seconds();
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::milliseconds(100), [this] { return stopping_; })) {
    const double seconds = monotonic_seconds() - start;
    if (line_.due(seconds)) write_to_stderr(line_.draw(describe_(), seconds));
  }
}

}  // namespace quarry::cli
