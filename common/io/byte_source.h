// A stream of bytes, read once from start to end: a file, standard input, or what a decompressor
// makes of another source.
#pragma once

#include "common/base/result.h"
#include "common/io/interrupts.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace quarry::io {

/// Used by one thread at a time. After an error or the end, read() must not be called again except
/// to get the same answer.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Reads at least one byte, at most `capacity`, as soon as any is there. 0 is the end, also when
  /// interrupted: who must tell them apart asks the token. Bytes before a damaged place are
  /// delivered first, the error comes with the call after.
  virtual Result<std::size_t> read(char* into, std::size_t capacity) = 0;
  /// As shown to the user.
  virtual const std::string& name() const = 0;
  /// Bytes that read() will deliver in all, where known.
  virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
  /// True where read() may wait for someone else to write: what has arrived should be used before
  /// asking for more.
  virtual bool is_live() const { return false; }
  /// Waits up to `timeout` for read() to have something (or the end). Always true where nothing can
  /// be waited for.
  virtual bool ready_within(std::chrono::milliseconds /*timeout*/) { return true; }
  /// What may end a waiting read from now on: a stream that was peeked at goes on under its
  /// reader's own stop signal.
  virtual void set_interrupts(const Interrupts& /*interrupts*/) {}
};

/// A file from its start, read sequentially; also named pipes and devices (live then).
Result<std::unique_ptr<ByteSource>> open_file_source(const std::string& path,
                                                     const Interrupts& interrupts);
/// Reads a descriptor it does not own (0 for standard input). A pipe is widened to 1 MiB.
std::unique_ptr<ByteSource> make_descriptor_source(int descriptor, std::string name,
                                                   const Interrupts& interrupts);
/// Inflates gzip, also several members in a row. The data's magic has been checked by the caller.
std::unique_ptr<ByteSource> make_gzip_source(std::unique_ptr<ByteSource> compressed);
/// A file that grows, like tail -F: goes on after truncation, follows rotation, ends only when
/// interrupted.
Result<std::unique_ptr<ByteSource>> open_follow_source(const std::string& path,
                                                       const Interrupts& interrupts);

}  // namespace quarry::io
