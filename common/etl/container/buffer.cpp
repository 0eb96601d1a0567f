#include "common/etl/container/buffer.h"

#include <algorithm>
#include <array>

namespace quarry::etl {
namespace {

constexpr std::string_view kCut = "the file ends inside it";

/// Grows only: shrinking and growing again would clear memory for nothing. What is in it need not
/// stay, and no more is taken than asked for.
std::span<std::uint8_t> room(std::vector<std::uint8_t>& storage, std::size_t size) {
  if (storage.capacity() < size) storage = std::vector<std::uint8_t>();
  if (storage.size() < size) {
    storage.reserve(size);
    storage.resize(size);
  }
  return std::span(storage).first(size);
}

}  // namespace

BufferHeader parse_buffer_header(Bytes bytes) {
  BufferHeader header;
  header.size = read_u32(bytes, 0x00);
  header.saved = read_u32(bytes, 0x04);
  header.sequence = read_i64(bytes, 0x18);
  header.state = read_u32(bytes, 0x2C);
  header.filled = read_u32(bytes, 0x30);
  header.flags = read_u16(bytes, 0x34);
  header.type = read_u16(bytes, 0x36);
  // Windows 7 has the processor in one byte and an alignment in the next.
  const bool wide = (header.flags & 0x20) != 0;
  header.processor = wide ? read_u16(bytes, 0x28) & 0x07FF : read_u8(bytes, 0x28);
  return header;
}

std::uint32_t BufferHeader::data_end() const {
  if (filled >= kBufferHeaderSize) return filled;
  return saved >= kBufferHeaderSize ? saved : 0;
}

Result<void> BufferLoader::load(std::uint64_t offset, std::uint32_t stored, LoadedBuffer& into) {
  into.size = 0;
  into.fault = {};
  std::array<std::uint8_t, kBufferHeaderSize> head{};
  QUARRY_TRY(const std::size_t got, source_->read_at(offset, head));
  if (got < head.size()) {
    into.fault = kCut;
    return ok();
  }
  const BufferHeader header = parse_buffer_header(head);
  into.processor = header.processor;
  const std::uint32_t end = std::min(header.data_end(), kMaxBufferSize);
  if (end <= kBufferHeaderSize || !header.holds_events()) return ok();
  const std::size_t size = end - kBufferHeaderSize;
  if (header.compressed() && compressed_file_) return load_compressed(offset, stored, size, into);
  const std::size_t wanted = std::min<std::size_t>(size, stored - kBufferHeaderSize);
  QUARRY_TRY(into.size, source_->read_at(offset + kBufferHeaderSize, room(into.storage, wanted)));
  if (into.size < wanted) into.fault = kCut;
  return ok();
}

Result<void> BufferLoader::load_compressed(std::uint64_t offset, std::uint32_t stored,
                                           std::size_t size, LoadedBuffer& into) {
  const std::span<std::uint8_t> packed = room(scratch_, stored - kBufferHeaderSize);
  QUARRY_TRY(const std::size_t got, source_->read_at(offset + kBufferHeaderSize, packed));
  const Expanded expanded = expand(format_, packed.first(got), room(into.storage, size));
  into.size = expanded.size;
  into.fault = got < packed.size() ? kCut : expanded.fault;
  return ok();
}

}  // namespace quarry::etl
