// Files and folders that only their owner may see: secrets to be read, state to be kept.
#pragma once

#include "common/base/env.h"
#include "common/base/result.h"
#include "common/base/secret.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry {

/// The content of a file that holds a secret, a line end at its end taken off. kAuth where group or
/// others may read it, where it is empty, or larger than `limit`.
Result<Secret> read_private_file(const std::string& path, std::uint64_t limit = 64 << 10);

/// Makes the folder and those above it that are missing, each 0700. kData where that fails or where
/// it is open to others.
Result<void> make_private_folder(const std::string& path);

/// Replaces the file (0600) at once: a reader sees the old content or the new, a link is replaced
/// and not followed.
Result<void> write_private_file(const std::string& path, std::string_view content);

/// $XDG_STATE_HOME/quarry, else ~/.local/state/quarry; "" without a home. Not made.
std::string state_folder(const Environment& environment);
/// $XDG_CACHE_HOME/quarry, else ~/.cache/quarry; "" without a home. Not made.
std::string cache_folder(const Environment& environment);

/// A file locked for one process at a time (flock), for as long as this lives. Never follows a
/// link; made 0600 where it is missing.
class [[nodiscard]] LockedFile {
 public:
  enum class Wait : unsigned char { kForLock, kNever };
  /// kRefused where another process holds the lock and `wait` is kNever; kData for other failures.
  static Result<LockedFile> open(const std::string& path, Wait wait = Wait::kForLock);
  LockedFile(LockedFile&& other) noexcept;
  LockedFile& operator=(LockedFile&&) = delete;
  ~LockedFile();

  int descriptor() const { return descriptor_; }
  /// The whole content; kData where it is larger than `limit`.
  Result<std::string> read(std::uint64_t limit = 16 << 20) const;
  /// Replaces the content in place, without syncing: for state that may be lost with the machine.
  Result<void> replace(std::string_view content) const;

 private:
  LockedFile(std::string path, int descriptor);
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace quarry
