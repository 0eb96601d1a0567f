// The newest version of each object that was seen, and where it lies: 24 bytes an object.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull::stix {

/// Names an object by 64 bits of its id.
std::uint64_t id_hash(std::string_view id);

/// An open-addressing table in parts that grow one by one, so that growing never needs twice the
/// memory.
class VersionIndex {
 public:
  struct Entry {
    std::uint64_t id = 0;        // id_hash(); 0: the slot is free
    std::int64_t version = 0;    // ticks; 0: the object has no version
    std::uint64_t position = 0;  // the caller's
  };

  /// nullptr where the id is new. Valid until the next insert().
  Entry* find(std::uint64_t id);
  /// `id` is not there yet.
  void insert(const Entry& entry);
  std::size_t size() const { return size_; }

 private:
  struct Part {
    std::vector<Entry> slots;
    std::size_t used = 0;
  };
  static constexpr int kPartBits = 6;
  Part& part_of(std::uint64_t id) { return parts_[id >> (64 - kPartBits)]; }
  static Entry& slot_of(Part& part, std::uint64_t id);
  static void grow(Part& part);

  std::array<Part, 1 << kPartBits> parts_;
  std::size_t size_ = 0;
};

}  // namespace quarry::taxii_pull::stix
