// From the words of a command line to the list of things to read: files, folders, patterns,
// archives' members, standard input.
#pragma once

#include "common/base/cancel.h"
#include "common/base/error.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace quarry::io {

class ArchiveShelf;
class HeldStream;

enum class InputKind : std::uint8_t {
  kFile,    // regular and plain: several workers read it at once
  kStream,  // standard input, named pipe, device: read once, may be live; decompressed by its magic
            // when opened
  kGzip,    // regular, gzip
  kFiltered,  // regular, one stream in zstd, xz, bzip2 or lz4
  kMember,    // a member of a zip, tar (however compressed) or 7z file
};

/// One thing to read. A copyable value; copies share the stream behind them.
struct Input {
  std::string name;    ///< as shown: "a.ndjson", "bundle.zip:b.ndjson", "stdin"
  std::string path;    ///< of the file; "-" for standard input
  std::string member;  ///< inside an archive, else empty
  InputKind kind = InputKind::kFile;
  bool found = false;  ///< in a folder or an archive: nobody named it, so it may be no data at all
  /// On disk (a member: unpacked, where the archive tells); 0 where unknown.
  std::uint64_t bytes = 0;
  /// kMember: position in the archive, and what the members of one archive share.
  std::size_t member_index = 0;
  std::shared_ptr<ArchiveShelf> archive;
  /// kStream: keeps what peek() has read.
  std::shared_ptr<HeldStream> stream;
};

struct InputSet {
  std::vector<Input> inputs;
  /// Missing, unreadable, damaged or encrypted ones (kData, placed at their path); the rest is
  /// read.
  std::vector<Error> errors;
};

/// Expands arguments in their order. A folder gives its files, hidden ones left out, recursively,
/// in byte order of their paths; a pattern (* ? [) that names no file is expanded the same way.
/// Compression is told by magic bytes, never by the name. Reads nothing from standard input. A
/// regular, seekable standard input becomes a kFile.
InputSet expand_inputs(std::span<const std::string> arguments, const CancelToken& cancel);

}  // namespace quarry::io
