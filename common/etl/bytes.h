// Reading little-endian numbers out of bytes that nobody vouches for. Whatever lies outside the
// view reads as 0 or as an empty view: callers check sizes where the difference matters.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace quarry::etl {

static_assert(std::endian::native == std::endian::little, "traces are read by plain copies");

/// A view of bytes; owns nothing.
using Bytes = std::span<const std::uint8_t>;

/// The number at `offset`; 0 where it does not fit whole.
template <class T>
T read_number(Bytes bytes, std::size_t offset) {
  T value{};
  if (offset <= bytes.size() && bytes.size() - offset >= sizeof(T))
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}
inline std::uint8_t read_u8(Bytes bytes, std::size_t at) {
  return at < bytes.size() ? bytes[at] : std::uint8_t{0};
}
inline std::uint16_t read_u16(Bytes bytes, std::size_t at) {
  return read_number<std::uint16_t>(bytes, at);
}
inline std::uint32_t read_u32(Bytes bytes, std::size_t at) {
  return read_number<std::uint32_t>(bytes, at);
}
inline std::uint64_t read_u64(Bytes bytes, std::size_t at) {
  return read_number<std::uint64_t>(bytes, at);
}
inline std::int64_t read_i64(Bytes bytes, std::size_t at) {
  return read_number<std::int64_t>(bytes, at);
}

/// At most `count` bytes from `offset`: cut where the view ends.
inline Bytes slice(Bytes bytes, std::size_t offset, std::size_t count = std::dynamic_extent) {
  if (offset >= bytes.size()) return {};
  const std::size_t left = bytes.size() - offset;
  return bytes.subspan(offset, count < left ? count : left);
}

inline std::string_view as_chars(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace quarry::etl
