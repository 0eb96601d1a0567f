#include "common/base/private_file.h"

#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <string>

using namespace quarry;
using quarry::unit::read_text;
using quarry::unit::TemporaryFolder;
using quarry::unit::write_text;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a secret's file is refused when others may read it, and when it is empty") {
  const TemporaryFolder folder;
  const std::string path = folder / "secret";
  write_text(path, "hunter2\r\n");
  ::chmod(path.c_str(), 0640);
  const auto open = read_private_file(path);
  REQUIRE_FALSE(open);
  CHECK(open.error().code() == ErrorCode::kAuth);
  CHECK(open.error().hint() == "chmod 600 " + path);
  ::chmod(path.c_str(), 0600);
  const auto secret = read_private_file(path);
  REQUIRE(secret);
  CHECK(secret->reveal() == "hunter2");
  write_text(path, "\n");
  CHECK_FALSE(read_private_file(path));
  write_text(path, std::string(2000, 'x'));
  CHECK_FALSE(read_private_file(path, 1000));
  CHECK_FALSE(read_private_file(folder / "missing"));
}

TEST_CASE("private folders are made with all above them, and must not be open to others") {
  const TemporaryFolder folder;
  const std::string path = folder / "a/b/c";
  REQUIRE(make_private_folder(path));
  CHECK(mode_of(path) == 0700);
  CHECK(mode_of(folder / "a") == 0700);
  CHECK(make_private_folder(path));
  ::chmod(path.c_str(), 0777);
  CHECK_FALSE(make_private_folder(path));
  write_text(folder / "file", "");
  CHECK_FALSE(make_private_folder(folder / "file/x"));
}

TEST_CASE("a private file is replaced, never written through a link") {
  const TemporaryFolder folder;
  write_text(folder / "victim", "precious");
  std::filesystem::create_symlink(folder / "victim", folder / "token");
  REQUIRE(write_private_file(folder / "token", "new"));
  CHECK(read_text(folder / "victim") == "precious");
  CHECK(read_text(folder / "token") == "new");
  CHECK(mode_of(folder / "token") == 0600);
}

TEST_CASE("a locked file keeps others out, is replaced in place and follows no link") {
  const TemporaryFolder folder;
  const std::string path = folder / "state";
  {
    const auto file = LockedFile::open(path);
    REQUIRE(file);
    CHECK(mode_of(path) == 0600);
    const auto second = LockedFile::open(path, LockedFile::Wait::kNever);
    REQUIRE_FALSE(second);
    CHECK(second.error().code() == ErrorCode::kRefused);
    REQUIRE(file->replace("a longer text"));
    REQUIRE(file->replace("short"));
    CHECK(file->read().value() == "short");
  }
  CHECK(LockedFile::open(path, LockedFile::Wait::kNever));
  std::filesystem::create_symlink(path, folder / "link");
  CHECK_FALSE(LockedFile::open(folder / "link"));
}

TEST_CASE("state and cache folders follow XDG") {
  const auto with = [](std::optional<std::string> state, std::optional<std::string> home) {
    return [=](const char* name) -> std::optional<std::string> {
      if (std::string(name) == "XDG_STATE_HOME") return state;
      if (std::string(name) == "HOME") return home;
      return std::nullopt;
    };
  };
  CHECK(state_folder(with("/s", "/home/u")) == "/s/quarry");
  CHECK(state_folder(with("relative", "/home/u")) == "/home/u/.local/state/quarry");
  CHECK(state_folder(with({}, {})) == "");
  CHECK(cache_folder(with({}, "/home/u")) == "/home/u/.cache/quarry");
}
