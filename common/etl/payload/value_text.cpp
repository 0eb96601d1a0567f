#include "common/etl/payload/value_text.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/etl/payload/scalar_text.h"
#include "common/etl/utf16.h"
#include "common/time/calendar.h"
#include "common/time/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace quarry::etl {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::uint64_t little_endian(Bytes bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), std::min<std::size_t>(bytes.size(), 8));
  return value;
}

template <class T>
std::int64_t sign_extended(Bytes bytes) {
  return static_cast<std::int64_t>(read_number<T>(bytes, 0));
}

bool is_signed(InType type) {
  return type == InType::kInt8 || type == InType::kInt16 || type == InType::kInt32 ||
         type == InType::kInt64;
}

bool is_hex(const Value& value) {
  switch (value.field->in_type) {
    case InType::kPointer:
    case InType::kHexInt32:
    case InType::kHexInt64:
      return true;
    default:
      break;
  }
  const OutType out = value.field->out_type;
  return out == OutType::kHex || out == OutType::kNtStatus || out == OutType::kHResult ||
         out == OutType::kWin32Error;
}

void append_unsigned(std::string& out, std::uint64_t number) {
  const fmt::format_int digits(number);
  out.append(digits.data(), digits.size());
}

void append_hex_number(std::string& out, std::uint64_t number) {
  fmt::format_to(std::back_inserter(out), "0x{:x}", number);
}

void append_sid(std::string& out, Bytes sid) {
  if (sid.size() < 8) return append_hex(out, sid);
  std::uint64_t authority = 0;
  for (std::size_t i = 2; i < 8; ++i) authority = authority << 8 | sid[i];
  fmt::format_to(std::back_inserter(out), "S-{}-{}", sid[0], authority);
  for (std::size_t at = 8; at + 4 <= sid.size(); at += 4) {
    out += '-';
    append_unsigned(out, read_u32(sid, at));
  }
}

/// SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond.
void append_system_time(std::string& out, Bytes time) {
  const auto part = [&](std::size_t i) { return static_cast<int>(read_u16(time, 2 * i)); };
  const auto instant = from_civil({.year = part(0),
                                   .month = part(1),
                                   .day = part(3),
                                   .hour = part(4),
                                   .minute = part(5),
                                   .second = part(6),
                                   .fraction = part(7) * 10'000});
  if (instant) return append_datetime(out, *instant);
  append_hex(out, time);
}

void append_ipv4(std::string& out, Bytes address) {
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) out += '.';
    append_unsigned(out, address[i]);
  }
}

/// RFC 5952: the longest run of zero groups, at least two, becomes "::".
void append_ipv6(std::string& out, Bytes address) {
  const auto group = [&](std::size_t i) { return address[2 * i] << 8 | address[2 * i + 1]; };
  std::size_t best = 8;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && group(end) == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
  }
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_length - 1;
      continue;
    }
    if (i > 0 && out.back() != ':') out += ':';
    fmt::format_to(std::back_inserter(out), "{:x}", group(i));
  }
}

/// SOCKADDR: family 2 is IPv4, 23 IPv6 (as Windows numbers it); the port is big-endian.
void append_socket_address(std::string& out, Bytes address) {
  const auto port = [&] { return read_u8(address, 2) << 8 | read_u8(address, 3); };
  const std::uint16_t family = read_u16(address, 0);
  if (family == 2 && address.size() >= 8) {
    append_ipv4(out, address.subspan(4, 4));
    fmt::format_to(std::back_inserter(out), ":{}", port());
  } else if (family == 23 && address.size() >= 24) {
    out += '[';
    append_ipv6(out, address.subspan(8, 16));
    fmt::format_to(std::back_inserter(out), "]:{}", port());
  } else {
    append_hex(out, address);
  }
}

void append_binary(std::string& out, const Value& value) {
  const OutType type = value.field->out_type;
  if (type == OutType::kIpv6 && value.bytes.size() == 16) return append_ipv6(out, value.bytes);
  if (type == OutType::kIpv4 && value.bytes.size() == 4) return append_ipv4(out, value.bytes);
  if (type == OutType::kSocketAddress) return append_socket_address(out, value.bytes);
  append_hex(out, value.bytes);
}

/// 8-bit text: UTF-8 as a rule; what is not becomes Latin-1, so that no byte is lost.
void append_narrow(std::string& out, Bytes bytes) {
  const std::string_view text = as_chars(bytes);
  if (unicode::is_valid(text)) {
    out += text;
    return;
  }
  for (const std::uint8_t byte : bytes) unicode::append(out, byte);
}

bool is_map_type(InType type) {
  return type == InType::kUInt8 || type == InType::kUInt16 || type == InType::kUInt32 ||
         type == InType::kHexInt32 || type == InType::kInt32 || type == InType::kBoolean;
}

/// The name or names of a mapped value; false where the map lacks it.
bool append_mapped(std::string& out, const ValueMap& map, std::uint32_t number) {
  const std::size_t start = out.size();
  std::uint32_t left = number;
  for (const auto& [key, name] : map.entries) {
    if (!map.bits && key == number) {
      out += name;
      return true;
    }
    if (!map.bits || key == 0 || (left & key) != key) continue;
    if (out.size() > start) out += " | ";
    out += name;
    left &= ~key;
  }
  if (map.bits && left == 0 && number != 0) return true;
  out.resize(start);
  return false;
}

Quoted append_integer(std::string& out, const Value& value) {
  const Field& field = *value.field;
  const std::uint64_t number = little_endian(value.bytes);
  if (field.map != nullptr && is_map_type(field.in_type) &&
      append_mapped(out, *field.map, static_cast<std::uint32_t>(number)))
    return Quoted::kEscaped;  // names hold any text
  switch (field.out_type) {
    case OutType::kIpv4:
      if (value.bytes.size() != 4) break;
      append_ipv4(out, value.bytes);
      return Quoted::kPlain;
    case OutType::kPort:
      if (value.bytes.size() != 2) break;
      append_unsigned(out, static_cast<std::uint64_t>(value.bytes[0] << 8 | value.bytes[1]));
      return Quoted::kNo;
    case OutType::kBoolean:
      out += number != 0 ? "true" : "false";
      return Quoted::kNo;
    case OutType::kString: {  // a character
      if (value.bytes.size() > 2 || number == 0) break;
      const auto unit = static_cast<std::uint16_t>(number);
      append_utf16(out, Bytes(reinterpret_cast<const std::uint8_t*>(&unit), 2));
      return Quoted::kEscaped;
    }
    case OutType::kFileTime:
    case OutType::kDateTimeUtc:
      if (value.bytes.size() != 8) break;
      append_filetime(out, {static_cast<std::int64_t>(number)});
      return Quoted::kPlain;
    default:
      break;
  }
  if (is_hex(value)) {
    append_hex_number(out, number);
    return Quoted::kPlain;
  }
  if (is_signed(field.in_type)) {
    text::append_int(out, *signed_of(value));
  } else {
    append_unsigned(out, number);
  }
  return Quoted::kNo;
}

Quoted append_real_value(std::string& out, double number) {
  text::append_real(out, number);
  const char last = out.back();
  return last == 'N' || last == 'y' ? Quoted::kPlain : Quoted::kNo;  // NaN, Infinity
}

}  // namespace

Quoted append_scalar(std::string& out, const Value& value) {
  switch (value.field->in_type) {
    case InType::kUnicodeString:
    case InType::kCountedString:
    case InType::kOldCountedString:
      append_utf16(out, value.bytes);
      return Quoted::kEscaped;
    case InType::kAnsiString:
    case InType::kCountedAnsiString:
    case InType::kOldCountedAnsiString:
      append_narrow(out, value.bytes);
      return Quoted::kEscaped;
    case InType::kFloat:
      return append_real_value(out, double{read_number<float>(value.bytes, 0)});
    case InType::kDouble:
      return append_real_value(out, read_number<double>(value.bytes, 0));
    case InType::kBoolean:
      out += little_endian(value.bytes) != 0 ? "true" : "false";
      return Quoted::kNo;
    case InType::kGuid:
      append_guid(out, read_guid(value.bytes, 0));
      return Quoted::kPlain;
    case InType::kFileTime:
      append_filetime(out, {read_i64(value.bytes, 0)});
      return Quoted::kPlain;
    case InType::kSystemTime:
      append_system_time(out, value.bytes);
      return Quoted::kPlain;
    case InType::kSid:
    case InType::kWbemSid:
      append_sid(out, value.bytes);
      return Quoted::kPlain;
    case InType::kBinary:
    case InType::kCountedBinary:
      append_binary(out, value);
      return Quoted::kPlain;
    default:
      return append_integer(out, value);
  }
}

std::optional<std::uint64_t> unsigned_of(const Value& value) {
  const auto number = signed_of(value);
  if (!number) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

std::optional<std::int64_t> signed_of(const Value& value) {
  if (value.part != Part::kValue) return std::nullopt;
  switch (value.field->in_type) {
    case InType::kInt8:
      return sign_extended<std::int8_t>(value.bytes);
    case InType::kInt16:
      return sign_extended<std::int16_t>(value.bytes);
    case InType::kInt32:
      return sign_extended<std::int32_t>(value.bytes);
    case InType::kUInt8:
    case InType::kUInt16:
    case InType::kUInt32:
    case InType::kInt64:
    case InType::kUInt64:
    case InType::kHexInt32:
    case InType::kHexInt64:
    case InType::kPointer:
    case InType::kSizeT:
    case InType::kBoolean:
      return static_cast<std::int64_t>(little_endian(value.bytes));
    default:
      return std::nullopt;
  }
}

std::optional<FileTime> filetime_of(const Value& value) {
  if (value.part != Part::kValue || value.field->in_type != InType::kFileTime) return std::nullopt;
  return FileTime{read_i64(value.bytes, 0)};
}

std::string text_of(const Value& value) {
  std::string text;
  append_text(text, value);
  return text;
}

void append_text(std::string& out, const Value& value) {
  if (value.part == Part::kValue) append_scalar(out, value);
}

void append_hex(std::string& out, Bytes bytes) {
  const std::size_t start = out.size();
  out.resize(start + 2 * bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out[start + 2 * i] = kHexDigits[bytes[i] >> 4];
    out[start + 2 * i + 1] = kHexDigits[bytes[i] & 15];
  }
}

}  // namespace quarry::etl
