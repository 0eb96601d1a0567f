#include "tools/lr/run/watch.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "tools/lr/log/result_row.h"

#include <fmt/format.h>

#include <cmath>

namespace quarry::lr {
namespace {

constexpr double kWorthARate = 60;  // seconds
constexpr std::size_t kColumns = 80;

std::string left_text(double minutes) {
  if (minutes < 90) return fmt::format("{:.0f} min", std::ceil(minutes));
  if (minutes < 48 * 60) return fmt::format("{:.0f} h", std::ceil(minutes / 60));
  return fmt::format("{:.0f} days", std::ceil(minutes / 60 / 24));
}

}  // namespace

std::string watch_line(const WatchFacts& facts) {
  const Scheduler::Counts& counts = facts.counts;
  std::string line =
      fmt::format("{}/{}", text::with_thousands(counts.ended), text::with_thousands(facts.devices));
  const auto add = [&line](const std::string& part) {
    if (unicode::display_width(line) + unicode::display_width(part) + 3 < kColumns)
      line += " · " + part;
  };
  const auto add_count = [&add](std::size_t count, const char* what) {
    if (count > 0) add(fmt::format("{} {}", text::with_thousands(count), what));
  };
  add_count(facts.failed, "failed");
  if (facts.per_minute > 0) add(fmt::format("{:.1f}/min", facts.per_minute));
  if (facts.per_minute > 0 && counts.waiting > 0)
    add(left_text(static_cast<double>(facts.devices - counts.ended) / facts.per_minute) + " left");
  add_count(counts.running, "running");
  add_count(counts.pending, "pending");
  add_count(counts.fetching, "fetching");
  add_count(counts.put_back, "put back");
  return line;
}

Watch::Watch(const cli::Invocation& invocation, std::size_t devices, std::function<double()> now)
    : invocation_(invocation),
      devices_(devices),
      now_(std::move(now)),
      start_(now_()),
      tells_devices_(
          (invocation.streams().stderr_is_terminal || invocation.options().count("verbose") > 0) &&
          !invocation.flag("quiet")),
      progress_(std::make_unique<cli::Progress>(invocation.streams(),
                                                cli::parse_when(invocation.text("progress")),
                                                [this] { return line(); })) {}

void Watch::counts(const Scheduler::Counts& counts) {
  const std::lock_guard lock(mutex_);
  counts_ = counts;
}

void Watch::ended(const Job& job, Outcome outcome, const std::string& message) {
  {
    const std::lock_guard lock(mutex_);
    ++ended_here_;
    failed_here_ += outcome == Outcome::kSucceeded ? 0 : 1;
  }
  if (!tells_devices_) return;
  std::string line = fmt::format("{:<16} {}", name_of(outcome), job.device);
  if (!message.empty()) line += ": " + message;
  progress_->say("lr: " + line);
}

std::string Watch::line() const {
  const std::lock_guard lock(mutex_);
  const double seconds = now_() - start_;
  const double rate = seconds < kWorthARate ? 0 : static_cast<double>(ended_here_) * 60 / seconds;
  return watch_line({counts_, devices_, failed_here_, rate});
}

}  // namespace quarry::lr
