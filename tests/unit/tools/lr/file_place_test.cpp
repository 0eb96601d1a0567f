#include "tools/lr/driver/file_place.h"

#include "tests/unit/temporary_folder.h"
#include "tools/lr/run/job.h"

#include <doctest/doctest.h>

#include <filesystem>

using namespace quarry;
using namespace quarry::lr;

TEST_CASE("no name leads out of its folder") {
  CHECK(safe_name("..") == "_.");
  CHECK(safe_name("../../etc/passwd") == "_._.._etc_passwd");
  CHECK(safe_name("") == "unnamed");
  CHECK(safe_name("a\0b") == "a");
  CHECK(safe_name(std::string("a\0b", 3)) == "a_b");
  CHECK(safe_name("-rf \n*") == "-rf___");
  CHECK(safe_name("\xff\xfe") == "unnamed");
  CHECK(safe_name(std::string(300, 'x')).size() == 100);
  CHECK(safe_name("größe.zip") == "größe.zip");
}

TEST_CASE("a file is named by its command and the last part of its path") {
  CHECK(file_name(2, "C:\\ProgramData\\ir\\case.zip") == "2-case.zip");
  CHECK(file_name(0, "/var/log/../../x") == "0-x");
  CHECK(file_name(1, "C:\\..") == "1-_.");
  CHECK(file_name(1, "C:\\") == "1-unnamed");
}

TEST_CASE("devices of one name have folders of their own") {
  std::vector<Job> jobs(3);
  const char* const names[]{"WKS", "wks", "other"};
  const char* const ids[]{"aaaa", "bbbb", "cccc"};
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i].device = names[i];
    jobs[i].device_id = ids[i];
  }
  CHECK(device_folders(jobs) == std::vector<std::string>{"WKS_aaaa", "wks_bbbb", "other"});
}

TEST_CASE("a device's further jobs have folders of their own, whatever others are called") {
  std::vector<Job> jobs(3);
  const char* const names[]{"wks", "wks_2", "wks"};
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].device = jobs[i].device_id = names[i];
  jobs[2].turn = 2;
  CHECK(device_folders(jobs) == std::vector<std::string>{"wks", "wks_2", "wks_2_"});
}

TEST_CASE("what is there keeps its name") {
  const unit::TemporaryFolder folder;
  CHECK(free_path(folder / "1-a.zip") == folder / "1-a.zip");
  unit::write_text(folder / "1-a.zip", "x");
  CHECK(free_path(folder / "1-a.zip") == folder / "1-a.2.zip");
  std::filesystem::create_symlink("nowhere", folder / "1-a.2.zip");
  CHECK(free_path(folder / "1-a.zip") == folder / "1-a.3.zip");
}

TEST_CASE("the output folder is made, may be a shared one, and must take files") {
  const unit::TemporaryFolder folder;
  CHECK(check_out_dir(folder / "a/b"));
  CHECK(std::filesystem::is_empty(folder / "a/b"));
  std::filesystem::create_directory(folder / "shared");
  std::filesystem::permissions(folder / "shared", std::filesystem::perms::all);
  CHECK(check_out_dir(folder / "shared"));
  unit::write_text(folder / "file", "x");
  const auto refused = check_out_dir(folder / "file/below");
  REQUIRE(!refused);
  CHECK(refused.error().code() == ErrorCode::kData);
}
