#include "tools/lr/scheduler/sliding_window.h"

#include <algorithm>

namespace quarry::lr {

double SlidingWindow::next(double now) const {
  double time = std::max(now, blocked_until_);
  for (const RateWindow& window : windows_) {
    if (sent_.size() < window.requests) continue;
    time = std::max(time, sent_[sent_.size() - window.requests] + window.seconds);
  }
  return time;
}

std::size_t SlidingWindow::room(double now) const {
  if (now < blocked_until_) return 0;
  std::size_t room = windows_.front().requests;
  for (const RateWindow& window : windows_) {
    const auto first = std::upper_bound(sent_.begin(), sent_.end(), now - window.seconds);
    const auto used = static_cast<std::size_t>(sent_.end() - first);
    room = std::min(room, window.requests - std::min(window.requests, used));
  }
  return room;
}

void SlidingWindow::note(double now) {
  sent_.push_back(std::max(now, sent_.empty() ? now : sent_.back()));
  while (sent_.size() > 1 && sent_.front() + windows_.back().seconds < now) sent_.pop_front();
}

void SlidingWindow::settle(double sent, double now) {
  const auto found = std::lower_bound(sent_.begin(), sent_.end(), sent);
  if (found == sent_.end() || *found != sent) return;
  sent_.erase(found);
  const double counted = std::min(now, sent + windows_.front().seconds / 10);
  sent_.insert(std::upper_bound(sent_.begin(), sent_.end(), counted), counted);
}

void SlidingWindow::take_back(double sent) {
  const auto found = std::lower_bound(sent_.begin(), sent_.end(), sent);
  if (found != sent_.end() && *found == sent) sent_.erase(found);
}

void SlidingWindow::block_until(double time) { blocked_until_ = std::max(blocked_until_, time); }

}  // namespace quarry::lr
