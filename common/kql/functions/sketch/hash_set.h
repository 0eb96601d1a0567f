// A growing set of 64-bit hashes: 8 bytes a slot, at most three quarters full.
#pragma once

#include "common/kql/kernel/state_bytes.h"

#include <cstdint>
#include <vector>

namespace quarry::kql::functions {

class HashSet {
 public:
  std::size_t size() const { return count_ + (has_zero_ ? 1 : 0); }
  void add(std::uint64_t hash) {
    if (hash == 0) {  // marks a free slot
      has_zero_ = true;
      return;
    }
    if ((count_ + 1) * 4 > slots_.size() * 3) grow();
    if (insert(hash)) ++count_;
  }
  void merge(const HashSet& other) {
    for (const std::uint64_t hash : other.slots_) {
      if (hash != 0) add(hash);
    }
    has_zero_ = has_zero_ || other.has_zero_;
  }
  void save(StateWriter& out) const {
    out.put(has_zero_);
    out.put(std::uint64_t{count_});
    for (const std::uint64_t hash : slots_) {
      if (hash != 0) out.put(hash);
    }
  }
  static HashSet loaded(StateReader& in) {
    HashSet set;
    set.has_zero_ = in.take<bool>();
    for (auto left = in.take<std::uint64_t>(); left > 0; --left) set.add(in.take<std::uint64_t>());
    return set;
  }

 private:
  bool insert(std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
      if (slots_[slot] == hash) return false;
    }
    slots_[slot] = hash;
    return true;
  }
  void grow() {
    std::vector<std::uint64_t> old(slots_.empty() ? 8 : slots_.size() * 2);
    old.swap(slots_);
    for (const std::uint64_t hash : old) {
      if (hash != 0) insert(hash);
    }
  }

  std::vector<std::uint64_t> slots_;
  std::size_t count_ = 0;
  bool has_zero_ = false;
};

}  // namespace quarry::kql::functions
