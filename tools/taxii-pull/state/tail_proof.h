// What is written to a file behind the position that counts, remembered beforehand: after a crash
// it can be told from what somebody else has written there. A record is a stretch of the file and a
// hash of its bytes; stretches end at borders of pages, where a write that was cut off ends too.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::taxii_pull {

/// Which file is meant, whatever its name.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};

class TailProof {
 public:
  /// Opens or makes the records at `path` (0600). kData where that fails.
  static Result<TailProof> open(const std::string& path);
  TailProof(TailProof&& other) noexcept;
  TailProof& operator=(TailProof&&) = delete;
  ~TailProof();

  /// A run was writing to the file and did not come to its end. Of the time before begin().
  bool interrupted(const FileIdentity& file) const { return open_ && file == file_; }
  /// The size of the file when that run began.
  std::uint64_t began_at() const { return began_at_; }
  /// How many bytes of the file behind `first`, up to `end`, are as that run wrote them.
  Result<std::uint64_t> proven(int file, std::uint64_t first, std::uint64_t end) const;

  /// A run begins, with the file of this size: lasting once this returns.
  Result<void> begin(const FileIdentity& file, std::uint64_t size);
  /// These bytes are going to be written there.
  Result<void> remember(std::uint64_t position, std::string_view bytes);
  /// All that was remembered counts, or is gone.
  void settle();
  /// The run is over, and nothing lies behind what counts.
  void end();

 private:
  TailProof(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  Failure failure(const char* what) const;
  Result<void> put(std::string_view bytes);

  std::string path_;
  int descriptor_ = -1;
  bool open_ = false;
  FileIdentity file_;
  std::uint64_t began_at_ = 0;
  std::uint64_t size_ = 0;  // of the records' own file
};

}  // namespace quarry::taxii_pull
