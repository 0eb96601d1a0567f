#include "common/json/byte_masks.h"
#include "tests/unit/temporary_folder.h"
#include "tools/taxii-pull/state/append_file.h"
#include "tools/taxii-pull/state/object_index.h"
#include "tools/taxii-pull/state/object_log.h"

#include <doctest/doctest.h>

#include <filesystem>

namespace quarry::taxii_pull {
namespace {

using Arrival = ObjectIndex::Arrival;

TEST_CASE("a log gives its objects back, also long ones, and is cut to what counts") {
  const unit::TemporaryFolder folder;
  const std::string path = folder / "log";
  const std::string long_one = R"({"x":")" + std::string(700'000, 'y') + R"("})";
  std::uint64_t end = 0;
  {
    auto log = ObjectLog::open(path, 0);
    REQUIRE(log);
    REQUIRE(log->append(R"({"a": 1})"));
    const auto position = log->append(long_one);
    REQUIRE(position);
    REQUIRE(log->flush());
    CHECK(*log->read(*position) == long_one);
    end = log->size();
    REQUIRE(log->append("{}"));
    REQUIRE(log->flush());
    std::vector<std::string> seen;
    REQUIRE(
        log->for_each(0, log->size(), [&](std::uint64_t, std::string_view json) -> Result<void> {
          seen.emplace_back(json);
          return ok();
        }));
    CHECK(seen == std::vector<std::string>{R"({"a":1})", long_one, "{}"});
  }
  REQUIRE(ObjectLog::open(path, end));
  CHECK(std::filesystem::file_size(path) == end);
  const auto missing = ObjectLog::open(path, end + 1);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code() == ErrorCode::kData);
}

TEST_CASE("what an object is beside those known") {
  ObjectIndex index;
  stix::ObjectReader reader;
  std::string text;
  const auto judge = [&](const std::string& modified, bool revoked = false) {
    text = R"({"type":"indicator","id":"indicator--1","modified":")" + modified + R"("})";
    if (revoked) text.insert(1, R"("revoked":true,)");
    text.reserve(text.size() + json::kScanPadding);
    REQUIRE(reader.read(text));
    return index.judge(reader);
  };
  CHECK(judge("2024-01-02T00:00:00Z") == Arrival::kNew);
  index.add(reader, Arrival::kNew, 10);
  CHECK(judge("2024-01-02T01:00:00.000+01:00") == Arrival::kDuplicate);
  CHECK(judge("2024-01-01T00:00:00Z") == Arrival::kOlder);
  index.add(reader, Arrival::kOlder, 20);
  CHECK(judge("2024-01-01T00:00:00Z") == Arrival::kDuplicate);
  index.settle(30);
  CHECK(judge("2024-01-03T00:00:00Z", true) == Arrival::kUpdate);
  index.add(reader, Arrival::kUpdate, 30);
  CHECK(index.is_newest("indicator--1", 30));
  CHECK(index.replaced_by(30) == 10);
  CHECK(judge("2024-01-02T00:00:00Z") == Arrival::kDuplicate);
  CHECK(judge("2024-01-04T00:00:00Z") == Arrival::kOlder);  // revoked is final
  CHECK(index.has("indicator--1", "2024-01-01T00:00:00.000000Z"));
  CHECK_FALSE(index.has("indicator--1", "2024-01-05T00:00:00Z"));
}

TEST_CASE("of two updates without rows between them the second replaces what the first did") {
  ObjectIndex index;
  stix::ObjectReader reader;
  std::uint64_t position = 0;
  for (const char* modified : {"2024-01-01", "2024-01-02", "2024-01-03"}) {
    std::string text = std::string(R"({"type":"indicator","id":"i--1","modified":")") + modified +
                       R"(T00:00:00Z"})";
    text.reserve(text.size() + json::kScanPadding);
    REQUIRE(reader.read(text));
    index.add(reader, index.judge(reader), position);
    position += 100;
    if (position == 100) index.settle(position);
  }
  CHECK(index.replaced_by(200) == 0);
}

TEST_CASE("the file of rows is cut to the furthest checkpoint that means it") {
  const unit::TemporaryFolder folder;
  const std::string path = folder / "rows";
  std::vector<OutputMark> marks;
  {
    auto file = AppendFile::open(path, {});
    REQUIRE(file);
    REQUIRE(file->write("one\n"));
    marks.push_back(file->mark());
    REQUIRE(file->write("two\n"));
    marks.push_back(file->mark());
    REQUIRE(file->write("lost"));
    const auto second = AppendFile::open(path, marks);
    REQUIRE_FALSE(second);
    CHECK(second.error().code() == ErrorCode::kRefused);
  }
  {
    const auto file = AppendFile::open(path, marks);
    REQUIRE(file);
    CHECK(file->mark().size == 8);
    CHECK_FALSE(file->replaced());
  }
  std::filesystem::rename(path, folder / "rotated");
  unit::write_text(path, "somebody else's");
  const auto other = AppendFile::open(path, marks);
  REQUIRE(other);
  CHECK(other->mark().size == 15);
  CHECK(other->replaced());
}

}  // namespace
}  // namespace quarry::taxii_pull
