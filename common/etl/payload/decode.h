// A payload taken apart by its layout into named values. Nothing is copied: values are views.
#pragma once

#include "common/etl/bytes.h"
#include "common/etl/event.h"
#include "common/etl/schema/layout.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::etl {

/// The parts of a payload in their order: a scalar is one kValue; an array is kArray, its elements,
/// kEnd; a struct is kStruct, its members, kEnd.
enum class Part : std::uint8_t { kValue, kArray, kStruct, kEnd };

struct Value {
  Part part = Part::kValue;
  std::uint8_t depth = 0;  // 0: a field of the event itself
  bool element = false;    // of an array: has no name of its own
  std::uint8_t pointer_size = 8;
  const Field* field = nullptr;  // of the layout
  Bytes bytes;                   // kValue: without length prefix and terminator
};

/// Reused from event to event: no allocation once warm. Values point into layout and payload.
class DecodedPayload {
 public:
  std::span<const Value> values() const { return values_; }
  /// Bytes behind the last field that was read: a newer provider's fields, or what did not fit.
  Bytes rest() const { return rest_; }
  /// Bytes of the whole payload.
  std::size_t size() const { return size_; }
  /// The payload ended inside a field or before it; the values are those that fit.
  bool cut_short() const { return cut_short_; }
  /// Every field was there and nothing is left.
  bool exact() const { return !cut_short_ && rest_.empty(); }
  /// A value of the event itself (not inside a struct or an array) by its field's exact name;
  /// nullptr where it is not there.
  const Value* find(std::string_view name) const;

 private:
  friend class Decoder;
  friend void decode_payload(const EventLayout& layout, Bytes payload, std::size_t pointer_size,
                             DecodedPayload& out);
  std::vector<Value> values_;
  std::vector<std::uint16_t> numbers_;  // of integer fields, by Field::number
  Bytes rest_;
  std::size_t size_ = 0;
  bool cut_short_ = false;
  bool unterminated_ = false;  // a string without its NUL
};

/// Safe on any layout and any bytes: work and memory are bounded by the payload's size and the
/// number of fields.
void decode_payload(const EventLayout& layout, Bytes payload, std::size_t pointer_size,
                    DecodedPayload& out);
inline void decode_payload(const EventLayout& layout, const Event& event, DecodedPayload& out) {
  decode_payload(layout, event.payload, event.pointer_size, out);
}

}  // namespace quarry::etl
