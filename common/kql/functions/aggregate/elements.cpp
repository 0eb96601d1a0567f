#include "common/kql/functions/aggregate/elements.h"

#include "common/value/dynamic.h"

#include <algorithm>
#include <utility>

namespace quarry::kql::functions {
namespace {

/// The quoted key at the start of `"key":value`.
std::string_view key_of(std::string_view member) {
  return member.substr(0, skip_json_value(member));
}

}  // namespace

void ElementList::merge(const ElementList& other, std::size_t limit) {
  ElementList merged;
  std::size_t a = 0, b = 0;
  while (merged.size() < limit && (a < size() || b < other.size())) {
    if (b == other.size() || (a < size() && orders_[a] <= other.orders_[b])) {
      merged.add(orders_[a], (*this)[a]);
      ++a;
    } else {
      merged.add(other.orders_[b], other[b]);
      ++b;
    }
  }
  *this = std::move(merged);
}

void ElementList::save(StateWriter& out) const {
  out.put_text(bytes_);
  out.put_all(ends_);
  out.put_all(orders_);
}

ElementList ElementList::loaded(StateReader& in) {
  ElementList list;
  list.bytes_ = in.take_text();
  list.ends_ = in.take_all<std::size_t>();
  list.orders_ = in.take_all<RowOrder>();
  return list;
}

void ElementSet::save(StateWriter& out) const {
  out.put(equality_);
  out.put(std::uint64_t{entries_.size()});
  for (const Entry& entry : entries_) {
    out.put(entry.order);
    out.put(entry.place);
    out.put(entry.hash);
    out.put_text(bytes_of(entry));
  }
}

ElementSet ElementSet::loaded(StateReader& in) {
  ElementSet set(in.take<ElementEquality>());
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    const auto order = in.take<RowOrder>();
    const auto place = in.take<std::uint32_t>();
    const auto hash = in.take<std::uint64_t>();
    set.insert(order, place, hash, in.take_text());
  }
  return set;
}

bool ElementSet::equal(std::string_view a, std::string_view b) const {
  switch (equality_) {
    case ElementEquality::kBytes:
      return a == b;
    case ElementEquality::kJson:
      return a == b || equal_dynamic(a, b);
    case ElementEquality::kKey:
      return key_of(a) == key_of(b);
  }
  return false;
}

ElementSet::Entry* ElementSet::find(std::uint64_t hash, std::string_view bytes) {
  if (index_.empty()) {
    for (Entry& entry : entries_) {
      if (entry.hash == hash && equal(bytes_of(entry), bytes)) return &entry;
    }
    return nullptr;
  }
  const std::size_t mask = index_.size() - 1;
  for (std::size_t slot = hash & mask; index_[slot] != 0; slot = (slot + 1) & mask) {
    Entry& entry = entries_[index_[slot] - 1];
    if (entry.hash == hash && equal(bytes_of(entry), bytes)) return &entry;
  }
  return nullptr;
}

void ElementSet::add(RowOrder order, std::uint64_t hash, std::string_view bytes,
                     std::size_t limit) {
  if (find(hash, bytes) != nullptr || entries_.size() >= limit) return;
  if (order != last_order_) next_place_ = 0;
  last_order_ = order;
  insert(order, next_place_++, hash, bytes);
}

void ElementSet::insert(RowOrder order, std::uint32_t place, std::uint64_t hash,
                        std::string_view bytes) {
  entries_.push_back({order, hash, bytes_.size(), static_cast<std::uint32_t>(bytes.size()), place});
  bytes_ += bytes;
  if (entries_.size() * 2 > index_.size()) {
    if (entries_.size() > kUnindexed) index_all();
    return;
  }
  const std::size_t mask = index_.size() - 1;
  std::size_t slot = hash & mask;
  while (index_[slot] != 0) slot = (slot + 1) & mask;
  index_[slot] = static_cast<std::uint32_t>(entries_.size());
}

void ElementSet::index_all() {
  index_.assign(std::max<std::size_t>(64, index_.size() * 2), 0);
  const std::size_t mask = index_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t slot = entries_[i].hash & mask;
    while (index_[slot] != 0) slot = (slot + 1) & mask;
    index_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

void ElementSet::merge(const ElementSet& other) {
  for (const Entry& theirs : other.entries_) {
    const std::string_view bytes = other.bytes_of(theirs);
    Entry* const mine = find(theirs.hash, bytes);
    if (mine == nullptr) {
      insert(theirs.order, theirs.place, theirs.hash, bytes);
    } else if (std::pair(theirs.order, theirs.place) < std::pair(mine->order, mine->place)) {
      // Equal elements may be spelled differently, or be a bag's member with another value: the
      // first one counts.
      mine->order = theirs.order;
      mine->place = theirs.place;
      mine->begin = bytes_.size();
      mine->length = theirs.length;
      bytes_ += bytes;
    }
  }
}

std::vector<std::string_view> ElementSet::in_order() const {
  std::vector<const Entry*> sorted;
  sorted.reserve(entries_.size());
  for (const Entry& entry : entries_) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) {
    return std::pair(a->order, a->place) < std::pair(b->order, b->place);
  });
  std::vector<std::string_view> result;
  result.reserve(sorted.size());
  for (const Entry* entry : sorted) result.push_back(bytes_of(*entry));
  return result;
}

}  // namespace quarry::kql::functions
