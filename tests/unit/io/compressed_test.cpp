#include "common/io/open_input.h"
#include "tests/unit/io/scratch.h"

#include <doctest/doctest.h>

namespace quarry::io {
namespace {

using namespace test;

TEST_CASE("packed streams are told by their magic, whatever the name says") {
  const Scratch scratch;
  const std::string text = sample_text(300000, 5, 200);
  for (const char* filter : {"gzip", "zstd", "xz", "bzip2", "lz4"}) {
    CAPTURE(filter);
    const Reading reading = read_paths({scratch.file("data.ndjson", packed(filter, text))},
                                       {.block_size = 10000, .workers = 2});
    CHECK(reading.errors.empty());
    CHECK(reading.text() == text);
    CHECK(reading.well_formed());
  }
  CHECK(read_paths({scratch.file("plain.gz", text)}).text() == text);
}

TEST_CASE("gzip members in a row are one text, with zeros behind them") {
  const Scratch scratch;
  const std::string a = sample_text(50000, 1, 100);
  const std::string bytes = packed("gzip", a) + packed("gzip", "") + packed("gzip", "open") +
                            packed("gzip", " end\n") + std::string(700, '\0');
  const Reading reading = read_paths({scratch.file("m.gz", bytes)}, {.block_size = 1000});
  CHECK(reading.errors.empty());
  CHECK(reading.text() == a + "open end\n");
}

TEST_CASE("gzip source delivers the rows before a truncation, then says so") {
  const Scratch scratch;
  const std::string text = sample_text(200000, 9, 100);
  const std::string bytes = packed("gzip", text);
  for (const std::size_t size :
       {bytes.size() - 1, bytes.size() - 8, bytes.size() / 2, std::size_t{30}, std::size_t{2}}) {
    CAPTURE(size);
    const Reading reading = read_paths({scratch.file("cut.gz", bytes.substr(0, size))},
                                       {.block_size = 1000, .workers = 2});
    REQUIRE(reading.errors.size() == 1);
    CHECK(reading.errors[0].code() == ErrorCode::kData);
    CHECK(reading.errors[0].message() == "truncated gzip input");
    CHECK(text.starts_with(reading.text()));
    if (size + 8 >= bytes.size()) CHECK(reading.text() == text);
    if (size == bytes.size() / 2) CHECK(reading.text().size() > text.size() / 3);
    for (const Block& block : reading.blocks) CHECK_FALSE(block.last_line_is_open());
  }
}

TEST_CASE("damaged gzip is an error that says what is wrong") {
  const Scratch scratch;
  std::string bytes = packed("gzip", sample_text(50000, 9, 100));
  bytes[bytes.size() - 6] = static_cast<char>(~bytes[bytes.size() - 6]);
  const Reading checksum = read_paths({scratch.file("sum.gz", bytes)});
  REQUIRE(checksum.errors.size() == 1);
  CHECK(checksum.errors[0].message() == "damaged gzip input: its checksum does not match");

  const Reading garbage = read_paths({scratch.file("tail.gz", packed("gzip", "a\n") + "garbage")});
  REQUIRE(garbage.errors.size() == 1);
  CHECK(garbage.errors[0].message() == "bytes behind the end of the gzip data are not gzip");
  CHECK(garbage.text() == "a\n");
}

TEST_CASE("members of an archive are inputs of their own") {
  const Scratch scratch;
  const std::string a = sample_text(100000, 1, 90);
  const std::string b = sample_text(100000, 2, 90);
  const std::vector<std::pair<std::string, std::string>> members{{"x/a.ndjson", a},
                                                                 {"b\xc3\xbc.ndjson", b},
                                                                 {"__MACOSX/._a", "x"},
                                                                 {"c.gz", packed("gzip", "c\n")}};
  const std::vector<std::pair<const char*, const char*>> kinds{{"zip", "none"},   {"7zip", "none"},
                                                               {"ustar", "none"}, {"ustar", "gzip"},
                                                               {"ustar", "zstd"}, {"ustar", "xz"}};
  for (const auto& [format, filter] : kinds) {
    CAPTURE(format);
    CAPTURE(filter);
    const std::string path = scratch.file("bundle", archived(format, filter, members));
    const CancelToken cancel;
    const InputSet set = expand_inputs({&path, 1}, cancel);
    CHECK(set.errors.empty());
    REQUIRE(set.inputs.size() == 3);
    CHECK(set.inputs[0].name == path + ":x/a.ndjson");
    CHECK(set.inputs[1].member == "b\xc3\xbc.ndjson");
    CHECK(peek(set.inputs[1], {&cancel, nullptr}, 1000).value() == b.substr(0, 1000));
    for (const BlockOrder order : {BlockOrder::kInputs, BlockOrder::kInterleaved}) {
      const Reading reading =
          read_all(set.inputs, {.block_size = 5000, .workers = 2, .order = order});
      CHECK(reading.errors.empty());
      CHECK(reading.text() == a + b + "c\n");
    }
  }
}

TEST_CASE("an encrypted member is named, the others are read") {
  const Scratch scratch;
  const std::string path =
      scratch.file("secret.zip", archived("zip", "none", {{"a.ndjson", "1\n"}}, "pass"));
  const Reading reading = read_paths({path, scratch.file("b", "2\n")});
  REQUIRE(reading.errors.size() == 1);
  CHECK(reading.errors[0].message() == "the archive's member is encrypted");
  CHECK(reading.errors[0].file() == path + ":a.ndjson");
  CHECK(reading.text() == "2\n");
}

TEST_CASE("damaged archives and filters are errors, not silence") {
  const Scratch scratch;
  const std::string text = sample_text(100000, 1, 90);
  for (const char* filter : {"zstd", "xz", "bzip2", "lz4"}) {
    CAPTURE(filter);
    const std::string bytes = packed(filter, text);
    CHECK_FALSE(
        read_paths({scratch.file("cut", bytes.substr(0, bytes.size() / 2))}).errors.empty());
  }
  const std::string zip = archived("zip", "none", {{"a", text}, {"b", text}});
  CHECK_FALSE(read_paths({scratch.file("cut.zip", zip.substr(0, zip.size() / 3))}).errors.empty());
}

TEST_CASE("UTF-16 text is refused with the way to convert it") {
  const Scratch scratch;
  const Reading reading = read_paths({scratch.file("w", std::string_view("\xff\xfe{\0}\0", 6))});
  REQUIRE(reading.errors.size() == 1);
  CHECK(reading.errors[0].hint().find("iconv") != std::string::npos);
}

}  // namespace
}  // namespace quarry::io
