// Buffers of a trace: the 72-byte header, and the payload read and expanded.
#pragma once

#include "common/base/result.h"
#include "common/etl/bytes.h"
#include "common/etl/compress/decompress.h"
#include "common/etl/source.h"
#include "common/etl/trace_header.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace quarry::etl {

inline constexpr std::size_t kBufferHeaderSize = 0x48;
/// The writer's own limit is 16 MiB.
inline constexpr std::uint32_t kMaxBufferSize = std::uint32_t{16} << 20;

/// WMI_BUFFER_HEADER, what is of use on disk.
struct BufferHeader {
  std::uint32_t size = 0;    // of the buffer in the file, header included
  std::uint32_t saved = 0;   // end of data; wrong in some files
  std::uint32_t filled = 0;  // end of data once expanded, header included
  std::int64_t sequence = 0;
  std::uint16_t processor = 0;
  std::uint16_t flags = 0;
  std::uint16_t type = 0;
  std::uint32_t state = 0;

  bool lost_events() const { return (flags & 0x06) != 0; }
  bool compressed() const { return (flags & 0x40) != 0; }
  /// Generic, rundown, context swap, reference time, header and batched ones do; markers and debug
  /// information do not.
  bool holds_events() const { return type <= 5; }
  /// The end of data by `filled`, else by `saved`; 0: none.
  std::uint32_t data_end() const;
};
BufferHeader parse_buffer_header(Bytes bytes);

/// A payload in memory, reused from buffer to buffer.
struct LoadedBuffer {
  std::vector<std::uint8_t> storage;
  std::size_t size = 0;
  std::uint16_t processor = 0;
  std::string_view fault;  // why it is shorter than its header says; empty: it is whole
  Bytes payload() const { return Bytes(storage).first(size); }
};

/// Reads payloads again and again. Not thread-safe (it keeps the compressed bytes' place).
class BufferLoader {
 public:
  BufferLoader(const Source& source, CompressionFormat format, bool compressed_file)
      : source_(&source), format_(format), compressed_file_(compressed_file) {}

  /// The buffer at `offset`, of which `stored` bytes (header included) belong to it.
  Result<void> load(std::uint64_t offset, std::uint32_t stored, LoadedBuffer& into);

 private:
  Result<void> load_compressed(std::uint64_t offset, std::uint32_t stored, std::size_t size,
                               LoadedBuffer& into);

  const Source* source_;
  CompressionFormat format_;
  bool compressed_file_;
  std::vector<std::uint8_t> scratch_;
};

}  // namespace quarry::etl
