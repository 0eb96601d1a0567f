// Rows put together to what a person did: by correlation id, and where that is missing by actor and
// application within seconds. What is the same in several exports counts once.
#pragma once

#include "tools/consent-audit/findings/event_store.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quarry::consent_audit {

class Groups {
 public:
  explicit Groups(const EventStore& store);

  std::size_t size() const { return starts_.size() - 1; }
  /// Events of one group, in the order of the input.
  std::span<const std::uint32_t> operator[](std::size_t group) const {
    return std::span(order_).subspan(starts_[group], starts_[group + 1] - starts_[group]);
  }
  std::uint64_t duplicates() const { return duplicates_; }

 private:
  void sort(const EventStore& store);
  void cut(const EventStore& store);

  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> starts_;
  std::uint64_t duplicates_ = 0;
};

}  // namespace quarry::consent_audit
