#include "common/etl/event.h"

#include <bit>

namespace quarry::etl {

std::string_view name_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::kSystem32:
      return "system32";
    case RecordKind::kSystem64:
      return "system64";
    case RecordKind::kCompact32:
      return "compact32";
    case RecordKind::kCompact64:
      return "compact64";
    case RecordKind::kFull32:
      return "full32";
    case RecordKind::kInstance32:
      return "instance32";
    case RecordKind::kTimed:
      return "timed";
    case RecordKind::kError:
      return "error";
    case RecordKind::kWnode:
      return "wnode";
    case RecordKind::kMessage:
      return "message";
    case RecordKind::kPerfInfo32:
      return "perfinfo32";
    case RecordKind::kPerfInfo64:
      return "perfinfo64";
    case RecordKind::kEvent32:
      return "event32";
    case RecordKind::kEvent64:
      return "event64";
    case RecordKind::kFull64:
      return "full64";
    case RecordKind::kInstance64:
      return "instance64";
    case RecordKind::kUlongTime:
      return "ulongtime";
  }
  return "unknown";
}

bool ExtendedItems::next(ExtendedItem& item) {
  if (rest_.size() < 8) return false;
  const std::size_t size = read_u16(rest_, 0);
  const std::size_t data_size = read_u16(rest_, 6);
  if (size < 8 || size > rest_.size() || data_size > size - 8) return false;
  item.type = read_u16(rest_, 2);
  item.data = rest_.subspan(8, data_size);
  const bool linked = (read_u16(rest_, 4) & 1) != 0;
  rest_ = linked ? rest_.subspan(size) : Bytes{};
  return true;
}

Bytes find_extended(const Event& event, ExtendedType type) {
  ExtendedItems items(event.extended);
  ExtendedItem item;
  while (items.next(item)) {
    if (item.type == static_cast<std::uint16_t>(type)) return item.data;
  }
  return {};
}

std::optional<Guid> related_activity(const Event& event) {
  const Bytes data = find_extended(event, ExtendedType::kRelatedActivity);
  if (data.size() < 16) return std::nullopt;
  return read_guid(data, 0);
}

std::string_view traits_provider_name(const Event& event) {
  const std::string_view text =
      as_chars(slice(find_extended(event, ExtendedType::kProviderTraits), 2));
  return text.substr(0, text.find('\0'));
}

Guid read_guid(Bytes bytes, std::size_t offset) {
  Guid guid;
  if (offset > bytes.size() || bytes.size() - offset < 16) return guid;
  const std::uint32_t first = __builtin_bswap32(read_u32(bytes, offset));
  const std::uint16_t second = __builtin_bswap16(read_u16(bytes, offset + 4));
  const std::uint16_t third = __builtin_bswap16(read_u16(bytes, offset + 6));
  std::memcpy(guid.bytes.data(), &first, 4);
  std::memcpy(guid.bytes.data() + 4, &second, 2);
  std::memcpy(guid.bytes.data() + 6, &third, 2);
  std::memcpy(guid.bytes.data() + 8, bytes.data() + offset + 8, 8);
  return guid;
}

}  // namespace quarry::etl
