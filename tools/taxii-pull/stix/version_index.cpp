#include "tools/taxii-pull/stix/version_index.h"

#include <algorithm>
#include <utility>

namespace quarry::taxii_pull::stix {

// FNV-1a with a final mix: the parts are chosen by the high bits, the slots by the low ones.
std::uint64_t id_hash(std::string_view id) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93ULL;
  hash ^= hash >> 32;
  return hash == 0 ? 1 : hash;
}

VersionIndex::Entry& VersionIndex::slot_of(Part& part, std::uint64_t id) {
  const std::size_t mask = part.slots.size() - 1;
  std::size_t at = id & mask;
  while (part.slots[at].id != 0 && part.slots[at].id != id) at = (at + 1) & mask;
  return part.slots[at];
}

VersionIndex::Entry* VersionIndex::find(std::uint64_t id) {
  Part& part = part_of(id);
  if (part.slots.empty()) return nullptr;
  Entry& slot = slot_of(part, id);
  return slot.id == 0 ? nullptr : &slot;
}

void VersionIndex::grow(Part& part) {
  Part larger;
  larger.slots.resize(std::max<std::size_t>(16, part.slots.size() * 2));
  for (const Entry& entry : part.slots) {
    if (entry.id != 0) slot_of(larger, entry.id) = entry;
  }
  larger.used = part.used;
  part = std::move(larger);
}

void VersionIndex::insert(const Entry& entry) {
  Part& part = part_of(entry.id);
  if (part.used * 4 >= part.slots.size() * 3) grow(part);
  slot_of(part, entry.id) = entry;
  ++part.used;
  ++size_;
}

}  // namespace quarry::taxii_pull::stix
