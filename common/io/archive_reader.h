// libarchive behind one small class: the members of an archive in order, or the one stream of a
// filtered file.
#pragma once

#include "common/base/result.h"
#include "common/io/byte_source.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

struct archive;

namespace quarry::io {

struct ArchiveMember {
  std::string name;
  std::optional<std::uint64_t> size;
  bool encrypted = false;
};

/// One pass over an archive. Used by one thread at a time.
class ArchiveReader {
 public:
  /// Seeks, so a zip file is listed by its directory.
  static Result<std::unique_ptr<ArchiveReader>> open_file(const std::string& path);
  /// Reads the archive's bytes from a source, forward only.
  static Result<std::unique_ptr<ArchiveReader>> open_source(std::unique_ptr<ByteSource> source);
  ~ArchiveReader();
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  /// Moves to the next member that is a regular file; nullopt at the end.
  Result<std::optional<ArchiveMember>> next_member();
  /// Bytes of the current member; 0 at its end.
  Result<std::size_t> read(char* into, std::size_t capacity);
  /// Members that next_member() has returned so far.
  std::size_t members_seen() const { return members_seen_; }
  /// False for a single compressed stream. Meaningful after the first next_member().
  bool has_names() const;
  ByteSource* source() { return source_.get(); }  ///< nullptr for open_file
  const std::string& name() const { return name_; }

 private:
  explicit ArchiveReader(std::string name);
  Error error(const char* what);
  static long fill(archive* handle, void* self, const void** bytes);

  archive* handle_;
  std::string name_;
  std::unique_ptr<ByteSource> source_;
  std::optional<Error> source_error_;  // of the source: says more than what libarchive makes of it
  std::vector<char> chunk_;
  std::size_t members_seen_ = 0;
};

/// Where the reader of an archive waits between two of its members, so that reading all of them in
/// order is one pass. Thread-safe.
class ArchiveShelf {
 public:
  explicit ArchiveShelf(std::string path) : path_(std::move(path)) {}

  /// A reader whose current member is the one with this index (from 0).
  Result<std::unique_ptr<ArchiveReader>> take(std::size_t member_index,
                                              const Interrupts& interrupts);
  void give_back(std::unique_ptr<ArchiveReader> reader);

 private:
  std::string path_;
  std::mutex mutex_;
  std::unique_ptr<ArchiveReader> waiting_;
};

/// Opens the archive at a path; a gzip around it is inflated by our own source.
Result<std::unique_ptr<ArchiveReader>> open_archive(const std::string& path,
                                                    const Interrupts& interrupts);

/// The bytes of one member; hands the reader back to its shelf when done.
std::unique_ptr<ByteSource> make_member_source(std::unique_ptr<ArchiveReader> reader,
                                               std::shared_ptr<ArchiveShelf> shelf,
                                               std::string name);
/// All members of an archive, or the one stream of a filtered file, as one text: what a pipe can
/// offer. A member whose last line is open gets its newline.
std::unique_ptr<ByteSource> make_joined_source(std::unique_ptr<ArchiveReader> reader);

}  // namespace quarry::io
