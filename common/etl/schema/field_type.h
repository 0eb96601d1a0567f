// Types of payload fields: the numbers of TDH (tdh.h, enum _TDH_IN_TYPE), which metadata in files
// and TraceLogging share, and the names that manifests give them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::etl {

enum class InType : std::uint16_t {
  kNull = 0,
  kUnicodeString = 1,  // UTF-16 to NUL
  kAnsiString = 2,     // 8-bit to NUL
  kInt8 = 3,
  kUInt8 = 4,
  kInt16 = 5,
  kUInt16 = 6,
  kInt32 = 7,
  kUInt32 = 8,
  kInt64 = 9,
  kUInt64 = 10,
  kFloat = 11,
  kDouble = 12,
  kBoolean = 13,  // 4 bytes
  kBinary = 14,
  kGuid = 15,
  kPointer = 16,  // 4 or 8 bytes, as the record's header says
  kFileTime = 17,
  kSystemTime = 18,
  kSid = 19,
  kHexInt32 = 20,
  kHexInt64 = 21,
  kCountedString = 22,  // u16 length in bytes, then UTF-16
  kCountedAnsiString = 23,
  kStruct = 24,  // as TraceLogging numbers it
  kCountedBinary = 25,
  kOldCountedString = 300,
  kOldCountedAnsiString = 301,
  kSizeT = 308,    // as kPointer
  kWbemSid = 310,  // two pointers, then a SID; or 4 bytes of 0
};

enum class OutType : std::uint16_t {
  kDefault = 0,
  kNoPrint = 1,
  kString = 2,
  kBoolean = 3,
  kHex = 4,
  kProcessId = 5,
  kThreadId = 6,
  kPort = 7,  // big-endian
  kIpv4 = 8,
  kIpv6 = 9,
  kSocketAddress = 10,
  kXml = 11,
  kJson = 12,
  kWin32Error = 13,
  kNtStatus = 14,
  kHResult = 15,
  kFileTime = 16,
  kSigned = 17,
  kUnsigned = 18,
  kUtf8 = 35,
  kCodePoint = 37,
  kDateTimeUtc = 38,
};

/// "UnicodeString", "win:UInt32" (manifests), in any case of letters.
std::optional<InType> parse_in_type(std::string_view name);
/// "xs:string", "win:IPv4", "win:Errno" …; kDefault where unknown.
OutType parse_out_type(std::string_view name);
/// The out types of TDH metadata (tdh.h, enum _TDH_OUT_TYPE) in the numbers above, which are those
/// of TraceLogging.
OutType out_type_of_tdh(std::uint16_t number);

/// Bytes of a value that always has the same size; 0 for the others.
std::size_t fixed_size(InType type, std::size_t pointer_size);

}  // namespace quarry::etl
