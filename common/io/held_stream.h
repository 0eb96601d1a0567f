// Streams that are read once but looked at before: what was peeked is delivered again by the real
// read.
#pragma once

#include "common/base/result.h"
#include "common/io/byte_source.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>

namespace quarry::io {

/// Delivers `prefix`, then what the rest has.
std::unique_ptr<ByteSource> make_prefixed_source(std::string prefix,
                                                 std::unique_ptr<ByteSource> rest);

enum class Nesting : std::uint8_t {
  kArchives,  // archives are joined into one text
  kGzipOnly,  // inside an archive: gzip is inflated, anything else is taken as it is
};

/// Unpacks by magic bytes what the source delivers.
Result<std::unique_ptr<ByteSource>> make_unpacked_source(std::unique_ptr<ByteSource> packed,
                                                         Nesting nesting);

/// Appends decompressed bytes until `out` holds `limit`, the end comes, or a live source has
/// brought a whole line and falls silent.
Result<void> read_up_to(ByteSource& source, std::size_t limit, std::string& out);

/// The one stream behind a kStream input and its copies. Thread-safe.
class HeldStream {
 public:
  /// "-" is standard input.
  explicit HeldStream(std::string path) : path_(std::move(path)) {}

  /// The first bytes, at most `limit`. Opens the stream at first. Fails once the stream was taken.
  Result<std::string> peek(std::size_t limit, const Interrupts& interrupts);
  /// The stream from its very start; works once.
  Result<std::unique_ptr<ByteSource>> take(const Interrupts& interrupts);

 private:
  Result<void> open(const Interrupts& interrupts);

  std::string path_;
  std::mutex mutex_;
  std::unique_ptr<ByteSource> source_;
  std::string peeked_;
  bool taken_ = false;
};

}  // namespace quarry::io
