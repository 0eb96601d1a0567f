#include "common/json/byte_masks.h"
#include "tests/unit/temporary_folder.h"
#include "tools/taxii-pull/rows/row_output.h"
#include "tools/taxii-pull/state/append_file.h"
#include "tools/taxii-pull/state/object_index.h"
#include "tools/taxii-pull/state/object_log.h"

#include <doctest/doctest.h>

#include <filesystem>

namespace quarry::taxii_pull {
namespace {

using Arrival = ObjectIndex::Arrival;

AppendFile::ReadMarks known(const std::vector<OutputMark>& marks) {
  return [marks] { return marks; };
}
const AppendFile::ReadMarks none = known({});

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
  const std::string proof = folder / "proof";
  std::vector<OutputMark> marks;
  {
    auto file = AppendFile::open(path, none, proof);
    REQUIRE(file);
    REQUIRE(file->write("one\n"));
    marks.push_back(file->mark());
    REQUIRE(file->write("two\n"));
    marks.push_back(file->mark());
    REQUIRE(file->write("lost"));
    const auto second = AppendFile::open(path, known(marks), proof);
    REQUIRE_FALSE(second);
    CHECK(second.error().code() == ErrorCode::kRefused);
  }
  {
    auto file = AppendFile::open(path, known(marks), proof);
    REQUIRE(file);
    CHECK(file->mark().size == 8);
    CHECK(file->found().cut_off == 4);
    CHECK_FALSE(file->found().replaced);
    file->settle(file->mark().size);
  }
  std::filesystem::rename(path, folder / "rotated");
  unit::write_text(path, "somebody else's\n");
  const auto other = AppendFile::open(path, known(marks), proof);
  REQUIRE(other);
  CHECK(other->mark().size == 16);
  CHECK(other->found().replaced);
}

// A write of many pages that was killed ends at the border of one.
TEST_CASE(
    "rows of a killed pull are cut off only where all behind what counts is proved to be so") {
  const unit::TemporaryFolder folder;
  const std::string path = folder / "rows";
  const std::string proof = folder / "proof";
  const std::string rows = std::string(9'999, 'a') + "\n" + std::string(9'999, 'b') + "\n";
  std::vector<OutputMark> marks;
  {
    auto file = AppendFile::open(path, none, proof);
    REQUIRE(file);
    REQUIRE(file->write("one\n"));
    file->settle(file->mark().size);
    marks.push_back(file->mark());
    REQUIRE(file->write(rows));
  }
  const auto judge = [&](const std::string& content) {
    unit::write_text(path, content);
    return AppendFile::open(path, known(marks), proof);
  };
  const auto changes_nothing = [&](const std::string& content) {
    const auto refused = judge(content);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == ErrorCode::kData);
    CHECK(std::filesystem::file_size(path) == content.size());
  };
  changes_nothing("one\n" + rows + "theirs\n");
  changes_nothing("one\n" + rows + "theirs");
  changes_nothing("one\n" + rows.substr(0, 12'000) + "theirs\n");
  changes_nothing("one\ntheirs\n");
  changes_nothing("one\n" + rows.substr(0, 5'000));
  changes_nothing("on");
  {
    const auto file = judge("one\n" + rows.substr(0, 8'192 - 4));
    REQUIRE(file);
    CHECK(file->mark().size == 4);
    CHECK(file->found().cut_off == 8'188);
  }
}

TEST_CASE("lines that somebody adds between two pulls stay") {
  const unit::TemporaryFolder folder;
  const std::string path = folder / "rows";
  const std::string proof = folder / "proof";
  std::vector<OutputMark> marks;
  {
    auto file = AppendFile::open(path, none, proof);
    REQUIRE(file);
    REQUIRE(file->write("one\n"));
    file->settle(file->mark().size);
    marks.push_back(file->mark());
  }
  unit::write_text(path, "one\ntheirs\n");
  {
    auto file = AppendFile::open(path, known(marks), proof);
    REQUIRE(file);
    CHECK(file->found().by_others == 7);
    CHECK(file->found().others_at == 4);
    CHECK(file->mark().size == 11);
    unit::write_text(path, "one\ntheirs\nmeanwhile\n");
    const auto written = file->write("two\n");
    REQUIRE_FALSE(written);
    CHECK(written.error().code() == ErrorCode::kData);
  }
  CHECK(std::filesystem::file_size(path) == 21);
  unit::write_text(path, "one\nhalf");
  const auto half = AppendFile::open(path, known(marks), proof);
  REQUIRE_FALSE(half);
  CHECK(half.error().code() == ErrorCode::kData);
}

TEST_CASE("JSON on one line keeps the blanks of its strings") {
  const auto compact = [](std::string_view json) {
    std::string out;
    append_compact(out, json);
    return out;
  };
  CHECK(compact("{ \"a b\" :\t[1,\r\n 2 ] }\n") == "{\"a b\":[1,2]}");
  CHECK(compact(R"({"a": "\\ \" \\\" ", "\\": " "})") == R"({"a":"\\ \" \\\" ","\\":" "})");
  CHECK(compact("\"never ends ").ends_with("ends "));
  CHECK(compact(" ").empty());
}

}  // namespace
}  // namespace quarry::taxii_pull
