#include "tests/traces/trace_bytes.h"

#include <algorithm>

namespace quarry::traces {
namespace {

constexpr std::string_view kEventMetadata = "bbccf6c1-6cd1-48c4-80ff-839482e37671";

std::string little_endian(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

std::string raw(std::int64_t at) { return u64(static_cast<std::uint64_t>(kRawStart + at)); }

void pad(std::string& bytes, std::size_t multiple) {
  while (bytes.size() % multiple != 0) bytes += '\0';
}

/// Behind a header of `header_size` bytes.
unsigned total(std::size_t header_size, std::string_view rest) {
  return static_cast<unsigned>(header_size + rest.size());
}

std::string zeros(std::size_t count) { return std::string(count, '\0'); }

}  // namespace

std::string u8(unsigned value) { return little_endian(value, 1); }
std::string u16(unsigned value) { return little_endian(value, 2); }
std::string u32(std::uint32_t value) { return little_endian(value, 4); }
std::string u64(std::uint64_t value) { return little_endian(value, 8); }

std::string narrow(std::string_view ascii) { return std::string(ascii) + '\0'; }
std::string wide(std::string_view ascii) {
  std::string bytes;
  for (const char c : narrow(ascii)) bytes += {c, '\0'};
  return bytes;
}

std::string guid(std::string_view text) {
  std::string printed;
  std::string digits;
  for (const char c : text) {
    if (c != '-') digits += c;
    if (digits.size() < 2) continue;
    printed += static_cast<char>(std::stoi(digits, nullptr, 16));
    digits.clear();
  }
  std::reverse(printed.begin(), printed.begin() + 4);
  std::reverse(printed.begin() + 4, printed.begin() + 6);
  std::reverse(printed.begin() + 6, printed.begin() + 8);
  return printed;
}

std::string header_record(const Session& session, std::uint32_t buffers) {
  const unsigned pointer = session.pointer_size;
  std::string body = u32(session.buffer_size) + u8(10) + u8(0) + u8(1) + u8(5) + u32(22631) +
                     u32(8) + u64(static_cast<std::uint64_t>(session.end)) + u32(156250) + u32(0) +
                     u32(session.mode) +
                     u32(session.buffers_written == 0 ? buffers : session.buffers_written) +
                     u32(1) + u32(pointer) + u32(session.events_lost) + u32(session.cpu_mhz);
  body += zeros(2 * (pointer == 4 ? 4 : 8)) + zeros(172);
  pad(body, 8);
  body += u64(static_cast<std::uint64_t>(session.start - 36'000'000'000));
  body += u64(static_cast<std::uint64_t>(session.frequency));
  body += u64(static_cast<std::uint64_t>(session.start)) + u32(session.clock) +
          u32(session.buffers_lost);
  body += wide(session.name) + wide("test.etl");
  return u16(2) + u8(pointer == 4 ? 1 : 2) + u8(0xC0) + u16(total(32, body)) + u8(0) + u8(0) +
         u32(100) + u32(200) + raw(0) + zeros(8) + body;
}

std::string record(const ManifestEvent& event) {
  const std::string rest = event.extended + event.payload;
  return u16(total(80, rest)) + u8(event.is_32_bit ? 18 : 19) + u8(0xC0) +
         u16(event.extended.empty() ? 0x200 : 0x201) + u16(0) + u32(event.tid) + u32(event.pid) +
         raw(event.at) + guid(event.provider) + u16(event.id) + u8(event.version) + u8(11) + u8(4) +
         u8(1) + u16(7) + u64(0x8000000000000010) + u64(0) +
         guid("11111111-2222-3333-4444-555555555555") + rest;
}

std::string extended_item(unsigned type, std::string_view data, bool more) {
  std::string padded(data);
  pad(padded, 8);
  return u16(total(8, padded)) + u16(type) + u16(more ? 1 : 0) +
         u16(static_cast<unsigned>(data.size())) + padded;
}

std::string classic_record(std::string_view event_class, unsigned type, unsigned version,
                           std::int64_t at, std::string_view payload) {
  return u16(total(48, payload)) + u8(20) + u8(0xC0) + u8(type) + u8(5) + u16(version) + u32(12) +
         u32(4711) + raw(at) + guid(event_class) + zeros(8) + std::string(payload);
}

std::string kernel_record(unsigned group, unsigned type, unsigned version, std::int64_t at,
                          std::string_view payload) {
  return u16(version) + u8(2) + u8(0xC0) + u16(total(32, payload)) + u8(type) + u8(group) +
         u32(12) + u32(4) + raw(at) + zeros(8) + std::string(payload);
}

std::string perf_record(unsigned group, unsigned type, unsigned version_word, std::int64_t at,
                        std::string_view payload) {
  return u16(version_word) + u8(17) + u8(0xC0) + u16(total(16, payload)) + u8(type) + u8(group) +
         raw(at) + std::string(payload);
}

std::string message_record(std::string_view message, unsigned number, std::int64_t at,
                           std::string_view payload) {
  return u16(total(40, payload)) + u8(0) + u8(0x90) + u16(number) + u16(0x02 | 0x08 | 0x20) +
         guid(message) + raw(at) + u32(12) + u32(4711) + std::string(payload);
}

std::string payload_of(const Buffer& buffer) {
  std::string payload;
  for (const std::string& one : buffer.records) {
    payload += one;
    pad(payload, 8);
  }
  return payload;
}

std::string buffer_bytes(const Buffer& buffer, const Session& session) {
  const std::string payload = payload_of(buffer);
  const std::string& stored = buffer.packed.empty() ? payload : buffer.packed;
  const bool fits = buffer.fits || !buffer.packed.empty();
  const std::uint32_t size = fits ? total(0x48, stored) : session.buffer_size;
  const std::uint32_t filled = total(0x48, payload);
  std::string bytes = u32(size) + u32(filled) + u32(filled) + u32(0) + u64(0) +
                      u64(buffer.sequence) + u64(0) + u16(buffer.processor) + u16(1) +
                      u32(buffer.state) + u32(filled) + u16(buffer.flags) + u16(buffer.type) +
                      zeros(16) + stored;
  if (bytes.size() < size) bytes.append(size - bytes.size(), '\xFF');
  return bytes;
}

std::string file_bytes(const Session& session, std::vector<Buffer> buffers,
                       const std::vector<std::string>& first) {
  const auto count = static_cast<std::uint32_t>(buffers.size() + 1);
  // Of a compressed file the first buffer is not, and no larger than it must be.
  const bool compressed = (session.mode & 0x0400'0000) != 0;
  Buffer header{.records = {header_record(session, count)}, .type = 4, .fits = compressed};
  header.records.insert(header.records.end(), first.begin(), first.end());
  std::string bytes = buffer_bytes(header, session);
  for (std::size_t i = 0; i < buffers.size(); ++i) {
    if (buffers[i].sequence == 0) buffers[i].sequence = i + 1;
    bytes += buffer_bytes(buffers[i], session);
  }
  return bytes;
}

std::string event_info(const Layout& layout) {
  const std::size_t names_start = 112 + 24 * layout.fields.size();
  std::string names;
  const auto name = [&](std::string_view text) {
    if (text.empty()) return std::uint32_t{0};
    const std::size_t at = names_start + names.size();
    names += wide(text);
    return static_cast<std::uint32_t>(at);
  };
  const auto fields = static_cast<std::uint32_t>(layout.fields.size());
  std::string info = guid(layout.provider) + zeros(16) + u16(layout.id) + u8(layout.version) +
                     zeros(3) + u16(7) + u64(0) + u32(0);
  info += u32(name(layout.provider_name)) + zeros(12) + u32(name(layout.task)) +
          u32(name(layout.opcode)) + zeros(24);
  info += u32(fields) + u32(layout.top == 0 ? fields : layout.top) + u32(0);
  for (const Layout::Field& field : layout.fields) {
    info += u32(field.flags) + u32(name(field.name)) + u16(field.in_type) + u16(field.out_type) +
            u32(name(field.map)) + u16(field.count) + u16(field.length) + u32(0);
  }
  return classic_record(kEventMetadata, 32, 0, 0, info + names);
}

}  // namespace quarry::traces
