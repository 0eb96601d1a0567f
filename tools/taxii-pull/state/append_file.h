// The file of --append: grows with the checkpoint, and loses on opening what no checkpoint knows.
#pragma once

#include "common/base/result.h"
#include "tools/taxii-pull/state/checkpoint.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull {

class AppendFile {
 public:
  /// Opens or makes the file and locks it for this process. `marks`: what checkpoints know of files
  /// of this path; the furthest that means this very file (by device and inode) is where it is cut.
  /// Without one it is another file: it is appended to as it is. kRefused where another process
  /// appends.
  static Result<AppendFile> open(const std::string& path, const std::vector<OutputMark>& marks);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&&) = delete;
  ~AppendFile();

  Result<void> write(std::string_view bytes);
  Result<void> sync();
  /// Takes back what was written behind.
  void cut(std::uint64_t size);
  /// As it is now.
  const OutputMark& mark() const { return mark_; }
  /// Checkpoints knew another file of this path.
  bool replaced() const { return replaced_; }

 private:
  AppendFile(int descriptor, OutputMark mark, bool replaced)
      : descriptor_(descriptor), mark_(std::move(mark)), replaced_(replaced) {}
  Failure failure(const char* what) const;
  int descriptor_ = -1;
  OutputMark mark_;
  bool replaced_ = false;
};

/// The path from the root, links above the last part resolved; the file need not exist.
std::string absolute_path(const std::string& path);

}  // namespace quarry::taxii_pull
