// Whole files, in and out, and folders that vanish with their guard.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::test {

std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, std::string_view text);

/// All files below `folder` whose name ends in `ending`, sorted; a file is its own list.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               std::string_view ending);

class [[nodiscard]] TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace quarry::test
