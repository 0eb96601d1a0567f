// Lets batches pass in morsel order, one worker at a time, and keeps the source from running too
// far ahead. Also the place where a leg's workers agree to stop and where the error of the earliest
// morsel wins.
#pragma once

#include "common/kql/exec/pipeline.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace quarry::exec {

class OrderedExchange {
 public:
  /// `when_stopped` is called once or more after a stop, by any worker: it wakes those who wait for
  /// input.
  OrderedExchange(int workers, std::function<void()> when_stopped)
      : window_(4 * static_cast<std::uint64_t>(workers)), when_stopped_(std::move(when_stopped)) {}

  /// Before a worker asks for a morsel. False: stop. With `bounded` it waits while the window is
  /// full, and counts the morsel as claimed.
  bool wait_for_room(bool bounded);
  void claim(std::uint64_t morsel);
  std::uint64_t claimed() const { return claimed_.load(std::memory_order_relaxed); }

  /// A batch of `morsel`: passed on at once (after what waits for it) when it is the oldest
  /// unfinished one, else kept. `onward(morsel, batch)` is called by one thread at a time. kDone:
  /// no batch of any later place is wanted.
  template <class Onward>
  Result<Flow> pass(std::uint64_t morsel, const Batch& batch, Onward&& onward) {
    std::vector<Batch> waiting;
    {
      const std::lock_guard lock(mutex_);
      if (stopped()) return Flow::kDone;
      if (morsel != turn_) {
        slots_[morsel].batches.push_back(batch);
        return Flow::kMoreInput;
      }
      waiting.swap(slots_[morsel].batches);
    }
    for (const Batch& earlier : waiting) {
      QUARRY_TRY(const Flow flow, push(morsel, earlier, onward));
      if (flow == Flow::kDone) return flow;
    }
    return push(morsel, batch, onward);
  }

  /// The morsel has no further batch, or ends in an error, which counts when its turn comes: a
  /// `take` that earlier morsels satisfy never hears of it. The worker whose morsel is the oldest
  /// passes on what later, complete ones have left.
  template <class Onward>
  Result<void> complete(std::uint64_t morsel, Onward&& onward,
                        std::optional<Error> error = std::nullopt) {
    std::unique_lock lock(mutex_);
    slots_[morsel].complete = true;
    slots_[morsel].error = std::move(error);
    if (morsel != turn_) return {};
    while (!stopped()) {
      const auto slot = slots_.find(turn_);
      if (slot == slots_.end()) break;
      std::vector<Batch> waiting;
      waiting.swap(slot->second.batches);
      const bool whole = slot->second.complete;
      if (!whole && turn_ != morsel) {  // its own worker is still at it and will pass them on
        waiting.swap(slot->second.batches);
        break;
      }
      const std::uint64_t current = turn_;
      std::optional<Error> broken = std::move(slot->second.error);
      lock.unlock();
      for (const Batch& batch : waiting) {
        auto flow = push(current, batch, onward);
        if (!flow) {
          fail(current, flow.error());
          return {};
        }
        if (*flow == Flow::kDone) return {};
      }
      if (broken) {
        fail(current, std::move(*broken));
        return {};
      }
      lock.lock();
      slots_.erase(current);
      ++turn_;
      room_.notify_all();
    }
    return {};
  }

  void stop();
  bool stopped() const { return stop_.load(std::memory_order_relaxed); }
  /// Stops; the error of the earliest morsel is kept.
  void fail(std::uint64_t morsel, Error error);
  /// The source broke behind the morsels claimed so far: nobody asks it again, and unless these
  /// satisfy the query, that is its error.
  void fail_at_end(Error error);
  /// After all workers have ended.
  std::optional<Error> error() const {
    return error_ ? error_ : stopped() ? std::nullopt : end_error_;
  }

 private:
  struct Slot {
    std::vector<Batch> batches;
    bool complete = false;
    std::optional<Error> error;
  };

  template <class Onward>
  Result<Flow> push(std::uint64_t morsel, const Batch& batch, Onward&& onward) {
    Result<Flow> flow = onward(morsel, batch);
    if (flow && *flow == Flow::kDone) stop();
    return flow;
  }

  const std::uint64_t window_;
  const std::function<void()> when_stopped_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<std::uint64_t, Slot> slots_;
  std::uint64_t turn_ = 0;                 // the oldest unfinished morsel
  std::uint64_t asked_ = 0;                // morsels asked of the source
  std::atomic<std::uint64_t> claimed_{0};  // one more than the highest morsel handed out
  std::atomic<bool> stop_{false};
  std::uint64_t error_morsel_ = ~std::uint64_t{0};
  std::optional<Error> error_;
  std::optional<Error> end_error_;
};

}  // namespace quarry::exec
