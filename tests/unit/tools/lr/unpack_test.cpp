#include "tools/lr/driver/unpack.h"

#include "common/base/digest.h"
#include "tests/fakes/message.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <filesystem>

using namespace quarry;

namespace {

struct Case {
  unit::TemporaryFolder folder;
  Result<lr::StoredFile> run(const std::string& bytes, const std::string& device_path,
                             std::uint64_t limit = 1 << 20) {
    unit::write_text(folder / "stored", bytes);
    return lr::unpack(folder / "stored", hex_digest(DigestKind::kSha256, bytes), folder / "file",
                      device_path, limit);
  }
  std::string content() { return unit::read_text(folder / "file"); }
  bool stored_remains() { return std::filesystem::exists(folder / "stored"); }
};

}  // namespace

TEST_CASE("a compressed file is unpacked and has both hashes") {
  Case one;
  const std::string packed = fakes::gzipped("hello");
  const auto file = one.run(packed, "C:\\a.txt");
  REQUIRE(file);
  CHECK(one.content() == "hello");
  CHECK(file->bytes == 5);
  CHECK(file->sha256 == hex_digest(DigestKind::kSha256, "hello"));
  CHECK(file->sha256_stored == hex_digest(DigestKind::kSha256, packed));
  CHECK(!one.stored_remains());
}

TEST_CASE("what is not compressed, or only looks so, stays as it is") {
  for (const std::string& bytes :
       {std::string("plain"), std::string(""), std::string("\x1f\x8b broken"),
        fakes::gzipped("hello").substr(0, 15)}) {
    Case one;
    const auto file = one.run(bytes, "/a/b");
    REQUIRE(file);
    CHECK(one.content() == bytes);
    CHECK(file->sha256 == file->sha256_stored);
  }
}

TEST_CASE("a .gz of the device loses only the layer that the service added") {
  const std::string archive = fakes::gzipped("inside");
  Case wrapped;
  REQUIRE(wrapped.run(fakes::gzipped(archive), "/var/log/a.gz"));
  CHECK(wrapped.content() == archive);
  Case bare;
  REQUIRE(bare.run(archive, "/var/log/a.TGZ"));
  CHECK(bare.content() == archive);
}

TEST_CASE("a bomb is stopped") {
  Case one;
  const auto file = one.run(fakes::gzipped(std::string(100'000, 'x')), "/a", 10'000);
  REQUIRE(!file);
  CHECK(file.error().code() == ErrorCode::kData);
  CHECK(!std::filesystem::exists(one.folder / "file"));
}
