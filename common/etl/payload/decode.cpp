#include "common/etl/payload/decode.h"

#include "common/etl/utf16.h"

#include <algorithm>

namespace quarry::etl {
namespace {

constexpr std::uint8_t kMaxSubAuthorities = 15;

Bytes without_trailing_nuls(Bytes bytes, std::size_t unit) {
  while (bytes.size() >= unit) {
    const Bytes last = bytes.last(unit);
    if (std::any_of(last.begin(), last.end(), [](std::uint8_t b) { return b != 0; })) break;
    bytes = bytes.first(bytes.size() - unit);
  }
  return bytes;
}

/// Bytes of the SID that `bytes` begin with; 0 where it is none.
std::size_t sid_size(Bytes bytes) {
  if (bytes.size() < 8 || bytes[1] > kMaxSubAuthorities) return 0;
  const std::size_t size = 8 + 4 * std::size_t{bytes[1]};
  return size <= bytes.size() ? size : 0;
}

std::uint16_t small_number(InType type, Bytes bytes) {
  switch (type) {
    case InType::kInt8:
    case InType::kUInt8:
    case InType::kInt16:
    case InType::kUInt16:
    case InType::kInt32:
    case InType::kUInt32:
    case InType::kInt64:
    case InType::kUInt64:
    case InType::kHexInt32:
    case InType::kHexInt64:
    case InType::kPointer:
    case InType::kSizeT:
      break;
    default:
      return 0;
  }
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), std::min<std::size_t>(bytes.size(), 8));
  return static_cast<std::uint16_t>(std::min<std::uint64_t>(value, 0xFFFF));
}

}  // namespace

class Decoder {
 public:
  Decoder(Bytes payload, std::size_t pointer_size, DecodedPayload& out)
      : payload_(payload),
        pointer_size_(pointer_size),
        out_(out),
        limit_(4 * payload.size() + 8192) {}

  void run(const std::vector<Field>& fields) {
    out_.values_.clear();
    out_.size_ = payload_.size();
    out_.numbers_.clear();
    out_.cut_short_ = !read_fields(fields, 0);
    out_.rest_ = slice(payload_, at_);
  }

 private:
  bool read_fields(const std::vector<Field>& fields, std::uint8_t depth);
  bool read_field(const Field& field, std::uint8_t depth);
  bool read_elements(const Field& field, std::size_t count, std::uint8_t depth);
  bool read_one(const Field& field, std::uint8_t depth, bool element);
  bool read_struct(const Field& field, std::uint8_t depth, bool element);
  bool read_scalar(const Field& field, Bytes& value);
  bool read_text(const Field& field, std::size_t unit, Bytes& value);
  bool read_counted(Bytes& value);
  bool read_wbem_sid(Bytes& value);
  bool take(std::size_t size, Bytes& value);

  void put(Part part, const Field& field, std::uint8_t depth, bool element, Bytes bytes) {
    out_.values_.push_back({.part = part,
                            .depth = depth,
                            .element = element,
                            .pointer_size = static_cast<std::uint8_t>(pointer_size_),
                            .field = &field,
                            .bytes = bytes});
  }
  std::size_t number_of(std::uint16_t field_number) const {
    return field_number < out_.numbers_.size() ? out_.numbers_[field_number] : 0;
  }
  void remember(const Field& field, Bytes value);

  Bytes payload_;
  std::size_t pointer_size_;
  DecodedPayload& out_;
  std::size_t limit_;  // of values: elements without bytes must not multiply
  std::size_t at_ = 0;
};

bool Decoder::take(std::size_t size, Bytes& value) {
  if (size > payload_.size() - at_) return false;
  value = payload_.subspan(at_, size);
  at_ += size;
  return true;
}

/// A string to its NUL, or of a given length. Without a NUL it ends with the payload, and the
/// payload counts as cut.
bool Decoder::read_text(const Field& field, std::size_t unit, Bytes& value) {
  if (field.length_rule != LengthRule::kNatural) {
    const std::size_t length =
        field.length_rule == LengthRule::kFixed ? field.length : number_of(field.length);
    if (!take(length * unit, value)) return false;
    value = without_trailing_nuls(value, unit);
    return true;
  }
  if (at_ == payload_.size()) return false;
  if (unit == 2) {
    value = utf16_until_nul(payload_, at_);
  } else {
    const std::string_view rest = as_chars(slice(payload_, at_));
    value = as_bytes(rest.substr(0, rest.find('\0')));
  }
  const bool ended = payload_.size() - at_ >= value.size() + unit;
  at_ = ended ? at_ + value.size() + unit : payload_.size();
  if (!ended) out_.unterminated_ = true;
  return true;
}

bool Decoder::read_counted(Bytes& value) {
  if (payload_.size() - at_ < 2) return false;
  const std::size_t size = read_u16(payload_, at_);
  if (size > payload_.size() - at_ - 2) return false;
  at_ += 2;
  return take(size, value);
}

/// Two pointers and a SID. Without a SID Windows writes 4 bytes of 0; other writers keep the
/// pointers.
bool Decoder::read_wbem_sid(Bytes& value) {
  const Bytes rest = slice(payload_, at_);
  const Bytes behind = slice(rest, 2 * pointer_size_);
  const std::size_t size = !behind.empty() && behind[0] == 1 ? sid_size(behind) : 0;
  if (size > 0) {
    at_ += 2 * pointer_size_;
    return take(size, value);
  }
  if (rest.size() < 4 || read_u32(rest, 0) != 0) return false;
  at_ += 4;
  value = {};
  return true;
}

bool Decoder::read_scalar(const Field& field, Bytes& value) {
  const std::size_t size = fixed_size(field.in_type, pointer_size_);
  if (size > 0) return take(size, value);
  switch (field.in_type) {
    case InType::kUnicodeString:
      return read_text(field, 2, value);
    case InType::kAnsiString:
      return read_text(field, 1, value);
    case InType::kCountedString:
    case InType::kCountedAnsiString:
    case InType::kCountedBinary:
    case InType::kOldCountedString:
    case InType::kOldCountedAnsiString:
      return read_counted(value);
    case InType::kBinary: {
      const bool by_field = field.length_rule == LengthRule::kByField;
      return take(by_field ? number_of(field.length) : field.length, value);
    }
    case InType::kSid: {
      const std::size_t sid = sid_size(slice(payload_, at_));
      return sid > 0 && take(sid, value);
    }
    case InType::kWbemSid:
      return read_wbem_sid(value);
    default:
      return false;  // a type of unknown size: nothing behind it can be found
  }
}

/// What may be the count or the length of a field further on.
void Decoder::remember(const Field& field, Bytes value) {
  const std::uint16_t number = small_number(field.in_type, value);
  if (field.number >= 4096) return;
  if (field.number >= out_.numbers_.size()) {
    if (number == 0) return;  // what was never kept is 0
    out_.numbers_.resize(field.number + std::size_t{1});
  }
  out_.numbers_[field.number] = number;
}

bool Decoder::read_struct(const Field& field, std::uint8_t depth, bool element) {
  put(Part::kStruct, field, depth, element, {});
  const bool whole = read_fields(field.members, static_cast<std::uint8_t>(depth + 1));
  put(Part::kEnd, field, depth, element, {});
  return whole;
}

bool Decoder::read_one(const Field& field, std::uint8_t depth, bool element) {
  if (out_.values_.size() >= limit_) return false;
  if (field.is_struct()) return read_struct(field, depth, element);
  Bytes value;
  if (!read_scalar(field, value)) return false;
  put(Part::kValue, field, depth, element, value);
  remember(field, value);
  return true;
}

bool Decoder::read_elements(const Field& field, std::size_t count, std::uint8_t depth) {
  put(Part::kArray, field, depth, false, {});
  bool whole = true;
  for (std::size_t i = 0; i < count && whole; ++i)
    whole = read_one(field, static_cast<std::uint8_t>(depth + 1), true);
  put(Part::kEnd, field, depth, false, {});
  return whole;
}

bool Decoder::read_field(const Field& field, std::uint8_t depth) {
  switch (field.count_rule) {
    case CountRule::kOne:
      return read_one(field, depth, false);
    case CountRule::kFixed:
      return read_elements(field, field.count, depth);
    case CountRule::kByField:
      return read_elements(field, number_of(field.count), depth);
    case CountRule::kPrefix: {
      Bytes prefix;
      if (!take(2, prefix)) return false;
      return read_elements(field, read_u16(prefix, 0), depth);
    }
  }
  return false;
}

bool Decoder::read_fields(const std::vector<Field>& fields, std::uint8_t depth) {
  for (const Field& field : fields) {
    if (!read_field(field, depth)) return false;
  }
  return true;
}

const Value* DecodedPayload::find(std::string_view name) const {
  for (const Value& value : values_) {
    if (value.depth == 0 && value.part == Part::kValue && value.field->name == name) return &value;
  }
  return nullptr;
}

void decode_payload(const EventLayout& layout, Bytes payload, std::size_t pointer_size,
                    DecodedPayload& out) {
  out.unterminated_ = false;
  Decoder(payload, pointer_size == 4 ? 4 : 8, out).run(layout.fields);
  out.cut_short_ = out.cut_short_ || out.unterminated_;
}

}  // namespace quarry::etl
