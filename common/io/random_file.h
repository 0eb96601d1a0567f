// A regular file read at any offset by several threads at once (pread): how plain files are shared
// among workers.
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace quarry::io {

class RandomFile {
 public:
  /// kData error at the path when it cannot be opened.
  static Result<RandomFile> open(const std::string& path);
  RandomFile(RandomFile&& other) noexcept;
  RandomFile& operator=(RandomFile&&) = delete;
  ~RandomFile();

  /// Fills `into` as far as the file reaches; fewer bytes mean the file's end. Thread-safe.
  Result<std::size_t> read_at(std::uint64_t offset, char* into, std::size_t count) const;
  /// When opened.
  std::uint64_t size() const { return size_; }
  const std::string& path() const { return path_; }

 private:
  RandomFile(std::string path, int descriptor, std::uint64_t size);
  std::string path_;
  int descriptor_;
  std::uint64_t size_;
};

}  // namespace quarry::io
