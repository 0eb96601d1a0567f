#include "common/base/file.h"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace quarry;

namespace {

/// A folder of its own, removed afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "quarry-file-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const char* name) const { return path_ + "/" + name; }
  std::size_t entries() const {
    const std::filesystem::directory_iterator begin(path_);
    return static_cast<std::size_t>(std::distance(begin, std::filesystem::directory_iterator()));
  }

 private:
  std::string path_;
};

void write_text(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

void put(const AtomicFile& file, std::string_view text) {
  REQUIRE(::write(file.descriptor(), text.data(), text.size()) ==
          static_cast<ssize_t>(text.size()));
}

}  // namespace

TEST_CASE("a file is read whole, with or without a size that can be trusted") {
  const Folder folder;
  const std::string content = std::string(100'000, 'x') + std::string("\0end", 4);
  write_text(folder / "a", content);
  CHECK(*read_file(folder / "a") == content);
  write_text(folder / "empty", "");
  CHECK(read_file(folder / "empty")->empty());
  CHECK_FALSE(read_file("/proc/self/status")->empty());
}

TEST_CASE("a file that cannot be read says why and where") {
  const Folder folder;
  const auto missing = read_file(folder / "none");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code() == ErrorCode::kData);
  CHECK(missing.error().message() == "cannot read: No such file or directory");
  CHECK(missing.error().file() == folder / "none");
  CHECK(read_file(folder / "").error().message() == "cannot read: Is a directory");
}

TEST_CASE("the limit of read_file holds exactly") {
  const Folder folder;
  write_text(folder / "a", std::string(5000, 'x'));
  CHECK(read_file(folder / "a", 5000)->size() == 5000);
  CHECK(read_file(folder / "a", 4999).error().message() == "file is larger than 4999 bytes");
  CHECK_FALSE(read_file("/dev/zero", 10'000));
}

TEST_CASE("an atomic file appears on commit only") {
  const Folder folder;
  write_text(folder / "a", "old");
  {
    auto file = AtomicFile::create(folder / "a");
    REQUIRE(file);
    put(*file, "abandoned");
  }
  CHECK(*read_file(folder / "a") == "old");
  CHECK(folder.entries() == 1);
  {
    auto file = AtomicFile::create(folder / "a");
    REQUIRE(file);
    AtomicFile moved = std::move(*file);
    put(moved, "new");
    CHECK(*read_file(folder / "a") == "old");
    CHECK(moved.commit());
  }
  CHECK(*read_file(folder / "a") == "new");
  CHECK(folder.entries() == 1);
}

TEST_CASE("an atomic file keeps permissions and follows links") {
  const Folder folder;
  write_text(folder / "target", "old");
  ::chmod((folder / "target").c_str(), 0640);
  REQUIRE(::symlink((folder / "target").c_str(), (folder / "link").c_str()) == 0);
  auto file = AtomicFile::create(folder / "link");
  REQUIRE(file);
  put(*file, "new");
  CHECK(file->commit());
  CHECK(*read_file(folder / "target") == "new");
  struct stat status {};
  REQUIRE(::lstat((folder / "link").c_str(), &status) == 0);
  CHECK(S_ISLNK(status.st_mode));
  REQUIRE(::stat((folder / "target").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("a device is written directly, a folder is refused") {
  const Folder folder;
  auto device = AtomicFile::create("/dev/null");
  REQUIRE(device);
  put(*device, "gone");
  CHECK(device->commit());
  CHECK(AtomicFile::create(folder / "").error().message() == "cannot write: Is a directory");
  CHECK(AtomicFile::create(folder / "none/a").error().message() ==
        "cannot write: No such file or directory");
}
