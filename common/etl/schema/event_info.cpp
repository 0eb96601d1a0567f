#include "common/etl/schema/event_info.h"

#include "common/base/text.h"
#include "common/etl/event.h"
#include "common/etl/utf16.h"

#include <algorithm>

namespace quarry::etl {
namespace {

// TRACE_EVENT_INFO
constexpr std::size_t kHeaderSize = 112;
constexpr std::size_t kPropertySize = 24;
constexpr unsigned kMaxDepth = 4;
constexpr std::size_t kMaxFields = 4096;  // once structs are written out
constexpr std::size_t kMaxTextBytes = 4096;

// EVENT_PROPERTY_INFO flags
constexpr std::uint32_t kStruct = 0x1;
constexpr std::uint32_t kLengthByField = 0x2;
constexpr std::uint32_t kCountByField = 0x4;
constexpr std::uint32_t kFixedCount = 0x20;
constexpr std::uint32_t kCustomSchema = 0x80;

constexpr std::uint16_t kTdhIpv6 = 24;

/// 0 is "none"; names of levels and tasks end in a blank.
std::string text_at(Bytes info, std::uint32_t offset) {
  if (offset == 0) return {};
  const std::string text =
      utf16_to_utf8(utf16_until_nul(slice(info, 0, offset + kMaxTextBytes), offset));
  return std::string(text::trim_ascii(text));
}

bool may_have_length(InType type) {
  return type == InType::kUnicodeString || type == InType::kAnsiString || type == InType::kBinary;
}

class PropertyReader {
 public:
  PropertyReader(Bytes info, std::size_t count) : info_(info), count_(count) {}

  /// Properties first … first + number - 1 as fields; false where they cannot be right.
  bool read(std::size_t first, std::size_t number, unsigned depth, std::vector<Field>& into);

 private:
  bool read_one(std::size_t index, unsigned depth, Field& field);
  /// Fields may share a text, but a small record must not become megabytes of names.
  std::string text(std::uint32_t offset) {
    if (text_bytes_ > 4 * info_.size()) return {};
    std::string found = text_at(info_, offset);
    text_bytes_ += found.size();
    return found;
  }

  Bytes info_;
  std::size_t count_;
  std::size_t read_ = 0;
  std::size_t text_bytes_ = 0;
};

void set_length(Bytes property, std::uint32_t flags, Field& field) {
  if (!may_have_length(field.in_type)) return;
  field.length = read_u16(property, 18);
  if ((flags & kLengthByField) != 0) {
    field.length_rule = LengthRule::kByField;
  } else if (field.length != 0) {
    field.length_rule = LengthRule::kFixed;
  } else if (field.in_type == InType::kBinary && read_u16(property, 10) == kTdhIpv6) {
    field.length_rule = LengthRule::kFixed;
    field.length = 16;
  }
}

void set_count(Bytes property, std::uint32_t flags, Field& field) {
  field.count = read_u16(property, 16);
  if ((flags & kCountByField) != 0) {
    field.count_rule = CountRule::kByField;
  } else if (field.count != 1 || (flags & kFixedCount) != 0) {
    field.count_rule = CountRule::kFixed;
  }
}

bool PropertyReader::read_one(std::size_t index, unsigned depth, Field& field) {
  const Bytes property = slice(info_, kHeaderSize + kPropertySize * index, kPropertySize);
  const std::uint32_t flags = read_u32(property, 0);
  field.name = text(read_u32(property, 4));
  field.number = static_cast<std::uint16_t>(index);
  set_count(property, flags, field);
  if ((flags & kStruct) != 0) {
    field.in_type = InType::kStruct;
    const std::size_t first = read_u16(property, 8);
    const std::size_t number = read_u16(property, 10);
    // A struct that holds itself meets the limit of depth.
    return read(first, number, depth + 1, field.members);
  }
  field.in_type = static_cast<InType>(read_u16(property, 8));
  field.out_type = out_type_of_tdh(read_u16(property, 10));
  set_length(property, flags, field);
  if ((flags & kCustomSchema) == 0) field.map_name = text(read_u32(property, 12));
  return true;
}

bool PropertyReader::read(std::size_t first, std::size_t number, unsigned depth,
                          std::vector<Field>& into) {
  read_ += number;
  if (depth > kMaxDepth || first + number > count_ || read_ > kMaxFields) return false;
  into.resize(number);
  for (std::size_t i = 0; i < number; ++i) {
    if (!read_one(first + i, depth, into[i])) return false;
  }
  return true;
}

/// Blanks between keywords; the file ends each with a NUL, the list with two.
std::string keyword_names(Bytes info, std::uint32_t offset) {
  std::string names;
  while (offset != 0 && offset < info.size() && names.size() < kMaxTextBytes) {
    const Bytes name = utf16_until_nul(info, offset);
    if (name.empty()) break;
    if (!names.empty()) names += ' ';
    names += text::trim_ascii(utf16_to_utf8(name));
    offset += static_cast<std::uint32_t>(name.size()) + 2;
  }
  return names;
}

}  // namespace

void read_event_info_key(Bytes info, EventLayout& layout) {
  layout.provider = read_guid(info, 0);
  layout.id = read_u16(info, 32);
  layout.version = read_u8(info, 34);
}

std::optional<EventLayout> parse_event_info(Bytes info) {
  if (info.size() < kHeaderSize) return std::nullopt;
  const std::uint32_t properties = read_u32(info, 100);
  const std::uint32_t top = read_u32(info, 104);
  if (properties > (info.size() - kHeaderSize) / kPropertySize || top > properties)
    return std::nullopt;
  EventLayout layout;
  layout.source = LayoutSource::kTrace;
  read_event_info_key(info, layout);
  layout.provider_name = text_at(info, read_u32(info, 52));
  layout.level_name = text_at(info, read_u32(info, 56));
  layout.channel_name = text_at(info, read_u32(info, 60));
  layout.keyword_names = keyword_names(info, read_u32(info, 64));
  layout.task_name = text_at(info, read_u32(info, 68));
  layout.opcode_name = text_at(info, read_u32(info, 72));
  layout.message = text_at(info, read_u32(info, 76));
  layout.event_name = text_at(info, read_u32(info, 92));
  PropertyReader reader(info, properties);
  if (!reader.read(0, top, 0, layout.fields)) return std::nullopt;
  return layout;
}

std::optional<ValueMap> parse_event_map(Bytes info) {
  constexpr std::size_t kMapHeader = 16;
  constexpr std::size_t kEntry = 8;
  if (info.size() < kMapHeader) return std::nullopt;
  const std::uint32_t entries = read_u32(info, 8);
  if (entries > (info.size() - kMapHeader) / kEntry) return std::nullopt;
  ValueMap map;
  map.name = text_at(info, read_u32(info, 0));
  map.bits = (read_u32(info, 4) & 2) != 0;
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = kMapHeader + kEntry * i;
    map.entries.emplace_back(read_u32(info, at + 4), text_at(info, read_u32(info, at)));
  }
  return map;
}

}  // namespace quarry::etl
