#include "common/etl/schema/field_type.h"

#include "common/base/text.h"

#include <array>

namespace quarry::etl {
namespace {

struct InName {
  std::string_view name;
  InType type;
};
// Manifests put "win:" in front.
constexpr std::array kInNames{
    InName{"UnicodeString", InType::kUnicodeString},
    InName{"AnsiString", InType::kAnsiString},
    InName{"Int8", InType::kInt8},
    InName{"UInt8", InType::kUInt8},
    InName{"Int16", InType::kInt16},
    InName{"UInt16", InType::kUInt16},
    InName{"Int32", InType::kInt32},
    InName{"UInt32", InType::kUInt32},
    InName{"Int64", InType::kInt64},
    InName{"UInt64", InType::kUInt64},
    InName{"Float", InType::kFloat},
    InName{"Double", InType::kDouble},
    InName{"Boolean", InType::kBoolean},
    InName{"Binary", InType::kBinary},
    InName{"Guid", InType::kGuid},
    InName{"Pointer", InType::kPointer},
    InName{"FileTime", InType::kFileTime},
    InName{"SystemTime", InType::kSystemTime},
    InName{"Sid", InType::kSid},
    InName{"HexInt32", InType::kHexInt32},
    InName{"HexInt64", InType::kHexInt64},
    InName{"CountedUnicodeString", InType::kCountedString},
    InName{"CountedAnsiString", InType::kCountedAnsiString},
    InName{"CountedBinary", InType::kCountedBinary},
    InName{"SizeT", InType::kSizeT},
    InName{"WbemSid", InType::kWbemSid},
};

struct OutName {
  std::string_view name;
  OutType type;
};
constexpr std::array kOutNames{
    OutName{"HexInt8", OutType::kHex},
    OutName{"HexInt16", OutType::kHex},
    OutName{"HexInt32", OutType::kHex},
    OutName{"HexInt64", OutType::kHex},
    OutName{"hexBinary", OutType::kHex},
    OutName{"boolean", OutType::kBoolean},
    OutName{"PID", OutType::kProcessId},
    OutName{"TID", OutType::kThreadId},
    OutName{"Port", OutType::kPort},
    OutName{"IPv4", OutType::kIpv4},
    OutName{"IPv6", OutType::kIpv6},
    OutName{"SocketAddress", OutType::kSocketAddress},
    OutName{"Xml", OutType::kXml},
    OutName{"Json", OutType::kJson},
    OutName{"Win32Error", OutType::kWin32Error},
    OutName{"NTSTATUS", OutType::kNtStatus},
    OutName{"HResult", OutType::kHResult},
    OutName{"Utf8", OutType::kUtf8},
    OutName{"DateTimeUtc", OutType::kDateTimeUtc},
};

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::optional<InType> parse_in_type(std::string_view name) {
  for (const InName& entry : kInNames) {
    if (text::iequals_ascii(entry.name, without_prefix(name))) return entry.type;
  }
  return std::nullopt;
}

OutType parse_out_type(std::string_view name) {
  for (const OutName& entry : kOutNames) {
    if (text::iequals_ascii(entry.name, without_prefix(name))) return entry.type;
  }
  return OutType::kDefault;
}

OutType out_type_of_tdh(std::uint16_t number) {
  switch (number) {
    case 1:
      return OutType::kString;
    case 13:
      return OutType::kBoolean;
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
      return OutType::kHex;
    case 20:
      return OutType::kProcessId;
    case 21:
      return OutType::kThreadId;
    case 22:
      return OutType::kPort;
    case 23:
      return OutType::kIpv4;
    case 24:
      return OutType::kIpv6;
    case 25:
      return OutType::kSocketAddress;
    case 28:
      return OutType::kXml;
    case 30:
      return OutType::kWin32Error;
    case 31:
      return OutType::kNtStatus;
    case 32:
      return OutType::kHResult;
    case 34:
      return OutType::kJson;
    case 35:
      return OutType::kUtf8;
    case 37:
      return OutType::kCodePoint;
    case 38:
      return OutType::kDateTimeUtc;
    default:
      return OutType::kDefault;
  }
}

std::size_t fixed_size(InType type, std::size_t pointer_size) {
  switch (type) {
    case InType::kInt8:
    case InType::kUInt8:
      return 1;
    case InType::kInt16:
    case InType::kUInt16:
      return 2;
    case InType::kInt32:
    case InType::kUInt32:
    case InType::kHexInt32:
    case InType::kFloat:
    case InType::kBoolean:
      return 4;
    case InType::kInt64:
    case InType::kUInt64:
    case InType::kHexInt64:
    case InType::kDouble:
    case InType::kFileTime:
      return 8;
    case InType::kGuid:
    case InType::kSystemTime:
      return 16;
    case InType::kPointer:
    case InType::kSizeT:
      return pointer_size;
    default:
      return 0;
  }
}

}  // namespace quarry::etl
