#include "common/io/block_reader.h"

#include "common/io/line_cutter.h"
#include "common/io/line_splitter.h"
#include "tests/unit/io/scratch.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace quarry::io {
namespace {

using namespace test;

// Both ways of cutting: in ranges by several workers, and in sequence (what a pipe or gzip gets).
Reading read_sequentially(const std::string& path, BlockReaderOptions options) {
  options.boundary = Boundary::kQuotedRecord;
  return read_paths({path}, options);
}

TEST_CASE("an empty file gives no block and no error") {
  const Scratch scratch;
  const std::string path = scratch.file("empty", "");
  CHECK(read_paths({path}).blocks.empty());
  CHECK(read_paths({path}).errors.empty());
  CHECK(read_sequentially(path, {}).blocks.empty());
}

TEST_CASE("one line without newline is one block with an open last line") {
  const Scratch scratch;
  const std::string path = scratch.file("one", "{\"a\":1}");
  for (const Reading& reading : {read_paths({path}), read_sequentially(path, {})}) {
    REQUIRE(reading.blocks.size() == 1);
    CHECK(reading.blocks[0].text == "{\"a\":1}");
    CHECK(reading.blocks[0].last_line_is_open());
    CHECK(reading.blocks[0].starts_input);
    CHECK(reading.well_formed());
  }
}

TEST_CASE("a byte-order mark is cut off and the first byte says so") {
  const Scratch scratch;
  const std::string path = scratch.file("bom",
                                        "\xef\xbb\xbf"
                                        "a\r\nb\r\n");
  for (const Reading& reading : {read_paths({path}), read_sequentially(path, {})}) {
    REQUIRE(reading.blocks.size() == 1);
    CHECK(reading.blocks[0].text == "a\r\nb\r\n");
    CHECK(reading.blocks[0].first_byte == 3);
  }
}

TEST_CASE(
    "lines that cross block borders are read once, with any block size and number of workers") {
  const Scratch scratch;
  const std::string text = sample_text(20000, 7, 90);
  const std::string closed = scratch.file("closed", text);
  const std::string open = scratch.file("open", text.substr(0, text.size() - 1));
  for (const int workers : {1, 2, 7}) {
    for (const std::size_t block_size : {1U, 2U, 7U, 64U, 100U, 1000U, 19999U, 1U << 20U}) {
      CAPTURE(workers);
      CAPTURE(block_size);
      const BlockReaderOptions options{.block_size = block_size, .workers = workers};
      const Reading ranges = read_paths({closed}, options);
      CHECK(ranges.text() == text);
      CHECK(ranges.well_formed());
      CHECK(read_paths({open}, options).text() == text.substr(0, text.size() - 1));
      const Reading sequence = read_sequentially(closed, options);
      CHECK(sequence.text() == text);
      CHECK(sequence.well_formed());
    }
  }
}

TEST_CASE("block numbers are dense and follow the inputs in order") {
  const Scratch scratch;
  const std::string a = scratch.file("a", sample_text(5000, 1, 50));
  const std::string b = scratch.file("b.gz", packed("gzip", sample_text(5000, 2, 50)));
  const std::string c = scratch.file("c", sample_text(5000, 3, 50));
  const Reading reading = read_paths({a, b, c}, {.block_size = 512, .workers = 3});
  for (std::size_t i = 0; i < reading.blocks.size(); ++i) CHECK(reading.blocks[i].number == i);
  CHECK(std::ranges::is_sorted(reading.blocks, {}, &Block::input));
  CHECK(reading.text() ==
        sample_text(5000, 1, 50) + sample_text(5000, 2, 50) + sample_text(5000, 3, 50));
  CHECK(std::ranges::count_if(reading.blocks, &Block::starts_input) == 3);
}

TEST_CASE("interleaved blocks still sort as the bytes of the inputs do") {
  const Scratch scratch;
  std::vector<std::string> paths;
  std::string expected;
  for (std::uint32_t i = 0; i < 6; ++i) {
    const std::string text = sample_text(20000, i, 80);
    paths.push_back(scratch.file(std::to_string(i), i % 3 == 0 ? text : packed("gzip", text)));
    expected += text;
  }
  const Reading reading =
      read_paths(paths, {.block_size = 1000, .workers = 3, .order = BlockOrder::kInterleaved});
  CHECK(reading.text() == expected);
}

TEST_CASE("a line longer than the block makes the block grow") {
  const Scratch scratch;
  const std::string text = "a\n" + std::string(100000, 'x') + "\nb\n";
  const std::string path = scratch.file("long", text);
  for (const std::size_t block_size : {10U, 4096U}) {
    CHECK(read_paths({path}, {.block_size = block_size, .workers = 2}).text() == text);
    CHECK(read_sequentially(path, {.block_size = block_size, .workers = 2}).text() == text);
  }
}

TEST_CASE("a line beyond the limit is skipped and its place told") {
  const Scratch scratch;
  const std::string long_line(5000, 'x');
  const std::string path = scratch.file("over", "a\n" + long_line + "\nb\nc\n");
  const std::string at_end = scratch.file("at_end", "a\n" + long_line);
  const std::string at_start = scratch.file("at_start", long_line + "\nb\n");
  for (const std::size_t block_size : {3U, 100U, 999U}) {
    CAPTURE(block_size);
    const BlockReaderOptions options{.block_size = block_size, .max_line = 1000, .workers = 2};
    const auto check = [](const Reading& reading, const char* text, std::uint64_t where) {
      CHECK(reading.text() == text);
      CHECK(std::ranges::count_if(reading.blocks, &Block::over_long_line_follows) == 1);
      const auto block = std::ranges::find_if(reading.blocks, &Block::over_long_line_follows);
      if (block != reading.blocks.end()) CHECK(block->end_byte() == where);
    };
    check(read_paths({path}, options), "a\nb\nc\n", 2);
    check(read_sequentially(path, options), "a\nb\nc\n", 2);
    check(read_paths({at_end}, options), "a\n", 2);
    check(read_sequentially(at_end, options), "a\n", 2);
    check(read_paths({at_start}, options), "b\n", 0);
    check(read_sequentially(at_start, options), "b\n", 0);
  }
}

TEST_CASE("a line of exactly the limit is kept, one byte more is not, wherever it lies") {
  const Scratch scratch;
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string head = std::string(before, 'h') + "\n";
    const std::string kept = scratch.file("kept", head + std::string(50, 'x') + "\nz\n");
    const std::string gone = scratch.file("gone", head + std::string(51, 'x') + "\nz\n");
    for (const std::size_t block_size : {1U, 16U, 51U, 1000U}) {
      const BlockReaderOptions options{.block_size = block_size, .max_line = 50};
      CHECK(read_paths({kept}, options).text() == head + std::string(50, 'x') + "\nz\n");
      CHECK(read_sequentially(kept, options).text() == head + std::string(50, 'x') + "\nz\n");
      CHECK(read_paths({gone}, options).text() == head + "z\n");
      CHECK(read_sequentially(gone, options).text() == head + "z\n");
    }
  }
}

TEST_CASE("a quoted newline does not end a record") {
  CHECK(record_boundary("a,\"b\nc", Boundary::kQuotedRecord) == 0);
  CHECK(record_boundary("x\na,\"b\nc", Boundary::kQuotedRecord) == 2);
  CHECK(record_boundary("a,\"b\nc\"\n", Boundary::kQuotedRecord) == 8);
  CHECK(record_boundary("a,\"b\"\"\nc\"\nd", Boundary::kQuotedRecord) == 10);
  const Scratch scratch;
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += std::to_string(i) + ",\"two\nlines \"\"quoted\"\"\n\",end\n";
  const Reading reading =
      read_sequentially(scratch.file("csv", text), {.block_size = 100, .workers = 2});
  CHECK(reading.text() == text);
  for (const Block& block : reading.blocks) CHECK(block.text.ends_with("end\n"));
}

TEST_CASE("a stray quote costs its line, not the rest of the file") {
  const Scratch scratch;
  std::string rest;
  for (int i = 0; i < 500; ++i) rest += std::to_string(i) + ",x\n";
  const std::string path = scratch.file("stray", "a,\"b\n" + rest);
  const Reading reading = read_sequentially(path, {.block_size = 100, .max_line = 1000});
  CHECK(reading.text() == rest);
  CHECK(std::ranges::count_if(reading.blocks, &Block::over_long_line_follows) == 1);
}

TEST_CASE("line numbers are found for plain and for packed inputs") {
  const Scratch scratch;
  std::string text;
  for (int i = 1; i <= 3000; ++i) text += std::to_string(i) + "\n";
  const std::string plain = scratch.file("plain", text);
  const std::string gzip = scratch.file("gzip", packed("gzip", text));
  const CancelToken cancel;
  for (const std::string& path : {plain, gzip}) {
    BlockReader reader(expand_inputs({&path, 1}, cancel).inputs, {.block_size = 777}, cancel);
    std::vector<Block> blocks;
    while (auto block = reader.next().value()) blocks.push_back(std::move(*block));
    std::ranges::reverse(blocks);
    for (const Block& block : blocks) {
      LineSplitter lines(block.text);
      for (std::string_view line; lines.next(line);)
        CHECK(std::to_string(reader.line_number(block, lines.offset())) == line);
    }
  }
}

TEST_CASE("an input that fails is noted and the next one is read") {
  const Scratch scratch;
  const std::string good = scratch.file("good", "1\n");
  const std::string gone = scratch.file("gone", "2\n");
  const std::vector<std::string> paths{gone, good};
  const CancelToken cancel;
  const InputSet set = expand_inputs(paths, cancel);
  std::filesystem::remove(gone);
  const Reading reading = read_all(set.inputs, {});
  CHECK(reading.text() == "1\n");
  REQUIRE(reading.errors.size() == 1);
  CHECK(reading.errors[0].code() == ErrorCode::kData);
  CHECK(reading.errors[0].file() == gone);

  BlockReader strict(set.inputs, {.keep_going = false}, cancel);
  CHECK_FALSE(strict.next().has_value());
}

TEST_CASE("stop ends the reading and buffers outlive the reader") {
  const Scratch scratch;
  const std::string path = scratch.file("a.gz", packed("gzip", sample_text(100000, 1, 50)));
  const CancelToken cancel;
  Block kept;
  {
    BlockReader reader(expand_inputs({&path, 1}, cancel).inputs, {.block_size = 1000}, cancel);
    kept = std::move(*reader.next().value());
    reader.stop();
    CHECK_FALSE(reader.next().value().has_value());
  }
  CHECK(kept.text.starts_with("0:"));
}

TEST_CASE("buffers are recycled") {
  const auto pool = BufferPool::create(100);
  const char* first = pool->take(10)->data();
  CHECK(pool->take(100)->data() == first);
  CHECK(pool->take(1000)->capacity() == 1000);
}

}  // namespace
}  // namespace quarry::io
