#include "tools/consent-audit/findings/correlate.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_set>

namespace quarry::consent_audit {
namespace {

/// Without a correlation id rows of one click are at most so far apart.
constexpr std::int64_t kOneClick = 5 * kTicksPerSecond;

auto without_correlation(const Event& event) {
  return std::tuple(event.actor, event.sp_id, event.app_id, event.time);
}

bool is_same_group(const Event& a, const Event& b) {
  if (a.correlation != b.correlation) return false;
  if (a.correlation != Guid{}) return true;
  return a.actor == b.actor && a.sp_id == b.sp_id && a.app_id == b.app_id &&
         b.time - a.time <= kOneClick;
}

/// The same for a row that comes twice, from the same export or from another of its kind.
std::uint64_t identity_of(const Event& event) {
  if (event.row_hash != 0) return event.row_hash;
  std::uint64_t hash = static_cast<std::uint64_t>(event.time) ^
                       static_cast<std::uint64_t>(event.shape) << 8 ^
                       static_cast<std::uint64_t>(event.kind) << 16;
  for (const Interner::Id id :
       {event.actor, event.app_id, event.sp_id, event.subject, event.resources, event.scopes,
        event.added, event.removed, event.roles, event.changes, event.failure})
    hash = (hash ^ id) * 0x9E3779B97F4A7C15ULL;
  return hash;
}

}  // namespace

Groups::Groups(const EventStore& store) : order_(store.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  sort(store);
  cut(store);
}

void Groups::sort(const EventStore& store) {
  std::stable_sort(order_.begin(), order_.end(), [&store](std::uint32_t x, std::uint32_t y) {
    const Event& a = store[x];
    const Event& b = store[y];
    if (a.correlation != b.correlation) return a.correlation < b.correlation;
    return a.correlation == Guid{} && without_correlation(a) < without_correlation(b);
  });
}

void Groups::cut(const EventStore& store) {
  std::size_t kept = 0;
  std::unordered_set<std::uint64_t> seen;  // of the group
  for (const std::uint32_t number : order_) {
    const bool goes_on = kept > 0 && is_same_group(store[order_[kept - 1]], store[number]);
    if (!goes_on) {
      starts_.push_back(static_cast<std::uint32_t>(kept));
      seen.clear();
    }
    if (seen.insert(identity_of(store[number])).second) {
      order_[kept++] = number;
    } else {
      ++duplicates_;
    }
  }
  order_.resize(kept);
  starts_.push_back(static_cast<std::uint32_t>(kept));
}

}  // namespace quarry::consent_audit
