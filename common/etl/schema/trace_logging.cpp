// The block: u16 size (itself included), tags (bytes while the top bit is set, then one more),
// event name, NUL; then fields: name, NUL, in-type. Bits 0x60 of the in-type say how many values
// there are, bit 0x80 that an out-type follows, whose bit 0x80 says that tags follow
// (TraceLoggingProvider.h).
#include "common/etl/schema/trace_logging.h"

#include <algorithm>

namespace quarry::etl {
namespace {

constexpr unsigned kMaxDepth = 8;
constexpr std::uint8_t kCountMask = 0x60;
constexpr std::uint8_t kFixedCount = 0x20;
constexpr std::uint8_t kPrefixCount = 0x40;
constexpr std::uint8_t kCustom = 0x60;
constexpr std::uint8_t kChain = 0x80;
constexpr std::uint8_t kTypeMask = 0x1F;
constexpr std::uint8_t kStructType = 24;
constexpr std::uint8_t kBinaryType = 14;

class BlockParser {
 public:
  explicit BlockParser(Bytes block) : block_(slice(block, 0, read_u16(block, 0))) {}

  std::string_view event_name() {
    at_ = 2;
    skip_tags();
    return text();
  }
  bool at_end() const { return at_ >= block_.size(); }
  bool field(Field& field, unsigned depth);
  bool members(Field& parent, unsigned count, unsigned depth);

 private:
  std::uint8_t byte() { return read_u8(block_, at_++); }
  std::uint16_t word() {
    at_ += 2;
    return read_u16(block_, at_ - 2);
  }
  void skip_tags() {
    while ((byte() & kChain) != 0) {
    }
  }
  std::string_view text() {
    const std::string_view rest = as_chars(slice(block_, at_));
    const std::string_view found = rest.substr(0, rest.find('\0'));
    at_ += found.size() + 1;
    return found;
  }
  void read_count(std::uint8_t in_type, Field& field);

  Bytes block_;
  std::size_t at_ = 0;
};

void BlockParser::read_count(std::uint8_t in_type, Field& field) {
  switch (in_type & kCountMask) {
    case kFixedCount:
      field.count_rule = CountRule::kFixed;
      field.count = word();
      break;
    case kPrefixCount:
      field.count_rule = CountRule::kPrefix;
      break;
    case kCustom:  // a serialisation of the provider's own: bytes to us
      field.in_type = InType::kCountedBinary;
      at_ += word();
      break;
    default:
      break;
  }
}

bool BlockParser::members(Field& parent, unsigned count, unsigned depth) {
  for (unsigned i = 0; i < count; ++i) {
    Field& member = parent.members.emplace_back();
    if (at_end() || !field(member, depth + 1)) return false;
  }
  return true;
}

bool BlockParser::field(Field& field, unsigned depth) {
  field.name = text();
  if (at_end() || depth > kMaxDepth) return false;
  const std::uint8_t in_type = byte();
  const std::uint8_t out_type = (in_type & kChain) != 0 ? byte() : std::uint8_t{0};
  if ((out_type & kChain) != 0) skip_tags();
  const std::uint8_t type = in_type & kTypeMask;
  field.in_type = type == kBinaryType ? InType::kCountedBinary : static_cast<InType>(type);
  read_count(in_type, field);
  if (type == kStructType) return members(field, out_type & 0x7FU, depth);
  field.out_type = static_cast<OutType>(out_type & 0x7F);
  return true;
}

/// Where the event's name begins in the block.
std::size_t name_offset(Bytes block) {
  std::size_t at = 2;
  while (at < block.size() && (block[at] & kChain) != 0) ++at;
  return at + 1;
}

}  // namespace

std::string_view trace_logging_name(const Event& event) {
  if (event.extended.empty()) return {};
  const Bytes block = find_extended(event, ExtendedType::kTraceLogging);
  const std::string_view text = as_chars(slice(block, name_offset(block)));
  return text.substr(0, text.find('\0'));
}

std::optional<EventLayout> parse_trace_logging(Bytes block) {
  if (block.size() < 4 || read_u16(block, 0) > block.size()) return std::nullopt;
  EventLayout layout;
  layout.source = LayoutSource::kEvent;
  BlockParser parser(block);
  layout.event_name = parser.event_name();
  while (!parser.at_end()) {
    Field& field = layout.fields.emplace_back();
    if (!parser.field(field, 0)) return std::nullopt;
  }
  return layout;
}

}  // namespace quarry::etl
