// Texts that occur again and again, each kept once and called by a number.
#pragma once

#include "common/base/arena.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quarry::consent_audit {

/// Number 0 is "". Not thread-safe.
class Interner {
 public:
  using Id = std::uint32_t;
  Interner() { texts_.emplace_back(); }

  Id add(std::string_view text) {
    if (text.empty()) return 0;
    const auto found = ids_.find(text);
    if (found != ids_.end()) return found->second;
    const std::string_view kept = arena_.copy(text);
    const Id id = static_cast<Id>(texts_.size());
    texts_.push_back(kept);
    ids_.emplace(kept, id);
    return id;
  }
  std::string_view text(Id id) const { return texts_[id]; }

 private:
  Arena arena_;
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, Id> ids_;
};

}  // namespace quarry::consent_audit
