// Equality, order and hash of dynamic values agree because all three read values alike: numbers by
// value, strings decoded, bags as their members sorted by key with the last of duplicates.
// Containers nested deeper than kMaxDepth are compared as compact text (there, key order counts):
// input must not be able to exhaust the stack.

#include "common/value/dynamic.h"
#include "common/value/hash.h"
#include "common/value/json_number.h"

#include <algorithm>
#include <forward_list>
#include <string>
#include <vector>

namespace quarry {
namespace {

constexpr int kMaxDepth = 64;

enum class Rank : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kBag };

Rank rank_of(DynamicKind kind) {
  switch (kind) {
    case DynamicKind::kNull:
      break;
    case DynamicKind::kBool:
      return Rank::kBool;
    case DynamicKind::kLong:
    case DynamicKind::kReal:
      return Rank::kNumber;
    case DynamicKind::kString:
      return Rank::kString;
    case DynamicKind::kArray:
      return Rank::kArray;
    case DynamicKind::kBag:
      return Rank::kBag;
  }
  return Rank::kNull;
}

struct Member {
  std::string_view key;
  DynamicView value;
};

/// A bag's members by key; owns the keys that had escapes.
class SortedMembers {
 public:
  explicit SortedMembers(const DynamicView& bag) {
    std::string_view raw_key;
    DynamicView value;
    members_.reserve(8);
    for (BagCursor cursor(bag); cursor.next(raw_key, value);)
      members_.push_back({decoded(raw_key), value});
    std::sort(members_.begin(), members_.end(), [](const Member& a, const Member& b) {
      if (const int order = a.key.compare(b.key); order != 0) return order < 0;
      return a.value.json().data() <
             b.value.json().data();  // duplicates: as they stand in the text
    });
    keep_last_of_equal_keys();
  }
  const std::vector<Member>& members() const { return members_; }

 private:
  std::string_view decoded(std::string_view raw_key) {
    if (raw_key.find('\\') == std::string_view::npos) return raw_key;
    decode_json_string(raw_key, decoded_.emplace_front());
    return decoded_.front();
  }
  void keep_last_of_equal_keys() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (i + 1 < members_.size() && members_[i].key == members_[i + 1].key) continue;
      members_[kept++] = members_[i];
    }
    members_.resize(kept);
  }

  std::forward_list<std::string>
      decoded_;  // does not move its strings: short ones hold their text themselves
  std::vector<Member> members_;
};

JsonNumber number_of(const DynamicView& value) {
  return parse_json_number(value.json(), number_shape(value.json()));
}

std::string compact(const DynamicView& value) {
  std::string text;
  append_compact_json(text, value.json());
  return text;
}

int sign(int order) { return (order > 0) - (order < 0); }

int compare_strings(const DynamicView& a, const DynamicView& b) {
  std::string scratch_a, scratch_b;
  return sign(a.as_string(scratch_a).value_or("").compare(b.as_string(scratch_b).value_or("")));
}

int compare_values(const DynamicView& a, const DynamicView& b, int depth);

int compare_arrays(const DynamicView& a, const DynamicView& b, int depth) {
  ArrayCursor cursor_a(a), cursor_b(b);
  DynamicView element_a, element_b;
  while (true) {
    const bool more_a = cursor_a.next(element_a), more_b = cursor_b.next(element_b);
    if (!more_a || !more_b) return static_cast<int>(more_a) - static_cast<int>(more_b);
    if (const int order = compare_values(element_a, element_b, depth + 1); order != 0) return order;
  }
}

int compare_bags(const DynamicView& a, const DynamicView& b, int depth) {
  const SortedMembers sorted_a(a), sorted_b(b);
  const auto& members_a = sorted_a.members();
  const auto& members_b = sorted_b.members();
  for (std::size_t i = 0; i < std::min(members_a.size(), members_b.size()); ++i) {
    if (const int order = members_a[i].key.compare(members_b[i].key); order != 0)
      return sign(order);
    if (const int order = compare_values(members_a[i].value, members_b[i].value, depth + 1);
        order != 0)
      return order;
  }
  return (members_a.size() > members_b.size()) - (members_a.size() < members_b.size());
}

int compare_values(const DynamicView& a, const DynamicView& b, int depth) {
  const Rank rank = rank_of(a.kind()), rank_b = rank_of(b.kind());
  if (rank != rank_b) return rank < rank_b ? -1 : 1;
  switch (rank) {
    case Rank::kNull:
      return 0;
    case Rank::kBool:
      return static_cast<int>(*a.as_bool()) - static_cast<int>(*b.as_bool());
    case Rank::kNumber:
      return compare_numbers(number_of(a), number_of(b));
    case Rank::kString:
      return compare_strings(a, b);
    case Rank::kArray:
    case Rank::kBag:
      break;
  }
  if (a.json() == b.json()) return 0;
  if (depth >= kMaxDepth) return sign(compact(a).compare(compact(b)));
  return rank == Rank::kArray ? compare_arrays(a, b, depth) : compare_bags(a, b, depth);
}

std::uint64_t hash_value(const DynamicView& value, int depth);

std::uint64_t hash_array(const DynamicView& array, int depth) {
  std::uint64_t hash = 1;
  DynamicView element;
  for (ArrayCursor cursor(array); cursor.next(element);)
    hash = mix(hash * 31 + hash_value(element, depth + 1));
  return mix(hash + static_cast<std::uint64_t>(Rank::kArray));
}

std::uint64_t hash_bag(const DynamicView& bag, int depth) {
  std::uint64_t hash = 1;
  const SortedMembers sorted(bag);
  for (const Member& member : sorted.members()) {
    hash = mix(hash * 31 + hash_bytes(member.key));
    hash = mix(hash * 31 + hash_value(member.value, depth + 1));
  }
  return mix(hash + static_cast<std::uint64_t>(Rank::kBag));
}

std::uint64_t hash_value(const DynamicView& value, int depth) {
  const DynamicKind kind = value.kind();
  switch (kind) {
    case DynamicKind::kNull:
      return mix(1);
    case DynamicKind::kBool:
      return mix(*value.as_bool() ? 3 : 2);
    case DynamicKind::kLong:
    case DynamicKind::kReal:
      return hash_number(number_of(value));
    case DynamicKind::kString: {
      std::string scratch;
      return hash_bytes(value.as_string(scratch).value_or(""));
    }
    case DynamicKind::kArray:
    case DynamicKind::kBag:
      break;
  }
  if (depth >= kMaxDepth) return hash_bytes(compact(value));
  return kind == DynamicKind::kArray ? hash_array(value, depth) : hash_bag(value, depth);
}

}  // namespace

bool equal_dynamic(std::string_view a, std::string_view b) {
  return a == b || compare_dynamic(a, b) == 0;
}

int compare_dynamic(std::string_view a, std::string_view b) {
  return compare_values(DynamicView(a), DynamicView(b), 0);
}

std::uint64_t hash_dynamic(std::string_view json) { return hash_value(DynamicView(json), 0); }

}  // namespace quarry
