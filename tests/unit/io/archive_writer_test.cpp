#include "common/io/archive_writer.h"

#include "tests/unit/temporary_folder.h"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <string>

using namespace quarry;
using namespace quarry::io;

namespace {

/// Names and contents by the library itself; empty where the password does not fit.
std::map<std::string, std::string> members(const std::string& path, const char* password) {
  std::map<std::string, std::string> found;
  archive* const handle = archive_read_new();
  archive_read_support_format_zip(handle);
  archive_read_add_passphrase(handle, password);
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(handle, path.c_str(), 4096) == ARCHIVE_OK) {
    while (archive_read_next_header(handle, &entry) == ARCHIVE_OK) {
      std::string content(100'000, '\0');
      const auto got = archive_read_data(handle, content.data(), content.size());
      if (got < 0) break;
      content.resize(static_cast<std::size_t>(got));
      found[archive_entry_pathname(entry)] = content;
    }
  }
  archive_read_free(handle);
  return found;
}

}  // namespace

TEST_CASE("a zip archive comes back with its password, and not without") {
  for (const ZipEncryption kind : {ZipEncryption::kAes256, ZipEncryption::kZipCrypto}) {
    const unit::TemporaryFolder folder;
    unit::write_text(folder / "sample", std::string(50'000, 'x'));
    auto writer = ZipWriter::create(folder / "case.zip", kind, Secret("infected"));
    REQUIRE(writer);
    REQUIRE((*writer)->add_file("wks-1/sample", folder / "sample"));
    REQUIRE((*writer)->add_text("results.ndjson", "{}\n"));
    CHECK(!std::filesystem::exists(folder / "case.zip"));
    REQUIRE((*writer)->commit());
    CHECK(!std::filesystem::exists(folder / "case.zip.part"));
    const auto all = members(folder / "case.zip", "infected");
    CHECK(all.at("wks-1/sample") == std::string(50'000, 'x'));
    CHECK(all.at("results.ndjson") == "{}\n");
    CHECK(members(folder / "case.zip", "wrong").empty());
    CHECK(unit::read_text(folder / "case.zip").find("xxxx") == std::string::npos);
    struct stat facts {};
    REQUIRE(::stat((folder / "case.zip").c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
  }
}

TEST_CASE("an archive that is there is never replaced, and one that is not finished never there") {
  const unit::TemporaryFolder folder;
  unit::write_text(folder / "old.zip", "old");
  CHECK(!ZipWriter::create(folder / "old.zip", ZipEncryption::kNone, Secret()));
  {
    auto writer = ZipWriter::create(folder / "new.zip", ZipEncryption::kNone, Secret());
    REQUIRE(writer);
    CHECK(!(*writer)->add_file("x", folder / "missing"));
    unit::write_text(folder / "new.zip", "somebody else's");
    CHECK(!(*writer)->commit());
  }
  CHECK(unit::read_text(folder / "new.zip") == "somebody else's");
  CHECK(!std::filesystem::exists(folder / "new.zip.part"));
}
