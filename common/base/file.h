// Whole files: read, and write so that a crash leaves the old file or the new one, never half of
// it.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry {

/// kData error "cannot read: No such file or directory" placed at the path.
Result<std::string> read_file(const std::string& path, std::uint64_t limit = 1ULL << 30);

/// Writes to a temporary file beside `path`, syncs, then renames on commit(). Without commit() the
/// temporary is removed. Follows symbolic links and keeps the permissions of a file it replaces; a
/// device or pipe (/dev/null) is written directly.
class AtomicFile {
 public:
  static Result<AtomicFile> create(const std::string& path);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  int descriptor() const { return descriptor_; }
  Result<void> commit();

 private:
  AtomicFile(std::string path, std::string temporary, int descriptor);
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

}  // namespace quarry
