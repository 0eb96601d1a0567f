#include "common/net/rate_limiter.h"

#include "common/base/digest.h"
#include "common/base/private_file.h"
#include "common/json/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace quarry::net {
namespace {

/// The service's clock may run a little faster than ours.
constexpr double kMargin = 0.01;
/// How much of the shortest window an answer may take before it is taken for slow work instead of
/// a slow way.
constexpr double kLongestWay = 0.1;

double longest_window(const ApiLimit& limit) {
  double longest = 0;
  for (const Window& window : limit.windows) longest = std::max(longest, window.seconds);
  return longest * (1 + kMargin);
}

}  // namespace

void SentLog::prune(const ApiLimit& limit, double now) {
  for (double& time : sent) time = std::min(time, now);
  const double start = now - longest_window(limit);
  sent.erase(sent.begin(), std::upper_bound(sent.begin(), sent.end(), start));
}

Seconds SentLog::wait(const ApiLimit& limit, double now) const {
  double until = blocked_until;
  for (const Window& window : limit.windows) {
    if (window.requests == 0 || sent.size() < window.requests) continue;
    const double oldest = sent[sent.size() - window.requests];
    until = std::max(until, oldest + window.seconds * (1 + kMargin));
  }
  return Seconds(std::max(0.0, until - now));
}

void SentLog::move(double from, double to) {
  // The file keeps milliseconds.
  const auto found = std::find_if(sent.begin(), sent.end(),
                                  [from](double time) { return std::abs(time - from) < 0.001; });
  if (found == sent.end()) return;
  *found = to;
  std::sort(sent.begin(), sent.end());
}

std::string SentLog::to_json() const {
  std::string out = fmt::format("{{\"v\":1,\"blocked_until\":{:.3f},\"sent\":[", blocked_until);
  for (std::size_t i = 0; i < sent.size(); ++i)
    out += fmt::format("{}{:.3f}", i > 0 ? "," : "", sent[i]);
  return out + "]}\n";
}

SentLog SentLog::parse(const std::string& text) {
  SentLog log;
  const auto document = json::Document::parse(text, "rate");
  if (!document) return log;
  const json::Node root = document->root();
  log.blocked_until = root.find("blocked_until").as_double().value_or(0);
  const json::Node sent = root.find("sent");
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto time = sent[i].as_double();
    if (time && std::isfinite(*time)) log.sent.push_back(*time);
  }
  std::sort(log.sent.begin(), log.sent.end());
  return log;
}

RateLimiter::RateLimiter(const Clock& clock, std::string folder, std::string tenant,
                         std::function<void(const std::string&)> warn)
    : clock_(clock),
      folder_(std::move(folder)),
      tenant_(std::move(tenant)),
      warn_(std::move(warn)) {}

std::string RateLimiter::file_of(const ApiLimit& limit) const {
  const std::string name =
      hex_digest(DigestKind::kSha256, fmt::format("{}\n{}", tenant_, limit.api));
  return fmt::format("{}/{}.json", folder_, name);
}

void RateLimiter::fall_back(const Error& error) {
  folder_.clear();
  if (warn_)
    warn_(fmt::format("rate limits are not shared with other processes: {}: {}", error.file(),
                      error.message()));
}

template <class Change>
Seconds RateLimiter::change(const ApiLimit& limit, const Change& change) {
  if (!folder_.empty()) {
    const auto shared = [&]() -> Result<Seconds> {
      QUARRY_CHECK(make_private_folder(folder_));
      QUARRY_TRY(const LockedFile file, LockedFile::open(file_of(limit)));
      QUARRY_TRY(const std::string text, file.read());
      SentLog log = SentLog::parse(text);
      const double now = clock_.wall();
      log.prune(limit, now);
      const Seconds wait = change(log, now);
      QUARRY_CHECK(file.replace(log.to_json()));
      return wait;
    }();
    if (shared) return *shared;
    fall_back(shared.error());
  }
  SentLog& log = alone_[std::string(limit.api)];
  const double now = clock_.wall();
  log.prune(limit, now);
  return change(log, now);
}

Permit RateLimiter::acquire(const ApiLimit& limit) {
  Permit permit;
  permit.wait = change(limit, [&](SentLog& log, double now) {
    const Seconds wait = log.wait(limit, now);
    permit.noted_at = now;
    if (wait <= Seconds(0)) log.sent.push_back(now);
    return wait;
  });
  return permit;
}

void RateLimiter::settle(const ApiLimit& limit, const Permit& permit) {
  double shortest = longest_window(limit);
  for (const Window& window : limit.windows) shortest = std::min(shortest, window.seconds);
  static_cast<void>(change(limit, [&](SentLog& log, double now) {
    log.move(permit.noted_at, std::min(now, permit.noted_at + shortest * kLongestWay));
    return Seconds(0);
  }));
}

void RateLimiter::block(const ApiLimit& limit, Seconds wait) {
  static_cast<void>(change(limit, [wait](SentLog& log, double now) {
    log.blocked_until = std::max(log.blocked_until, now + wait.count());
    return Seconds(0);
  }));
}

}  // namespace quarry::net
