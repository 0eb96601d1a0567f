// Inputs that others are still writing: pipes, and files that grow.
#include "common/io/block_reader.h"
#include "common/io/open_input.h"
#include "tests/unit/io/scratch.h"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace quarry::io {
namespace {

using namespace test;

std::string make_fifo(const Scratch& scratch) {
  std::string path = scratch.path("fifo");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  return path;
}

void append(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary | std::ios::app) << text;
}

std::string next_text(BlockReader& reader) {
  auto block = reader.next();
  REQUIRE(block.has_value());
  return *block ? std::string((*block)->text) : "(end)";
}

TEST_CASE("a pipe delivers all bytes, after a peek too, packed or not") {
  const std::string text = sample_text(3000000, 4, 300);
  for (const char* filter : {"none", "gzip", "zstd"}) {
    const Scratch scratch;
    const std::string path = make_fifo(scratch);
    const std::string bytes = std::string_view(filter) == "none" ? text : packed(filter, text);
    std::thread writer([&] { append(path, bytes); });
    const CancelToken cancel;
    const InputSet set = expand_inputs({&path, 1}, cancel);
    REQUIRE(set.inputs.size() == 1);
    CHECK(set.inputs[0].kind == InputKind::kStream);
    CHECK(peek(set.inputs[0], {&cancel, nullptr}).value() == text.substr(0, kPeekSize));
    CHECK(peek(set.inputs[0], {&cancel, nullptr}, 10).value() == text.substr(0, 10));
    const Reading reading = read_all(set.inputs, {.workers = 2});
    writer.join();
    CHECK(reading.text() == text);
    CHECK(reading.well_formed());
    auto again = open_input(set.inputs[0], {&cancel, nullptr});
    REQUIRE_FALSE(again);
    CHECK(again.error().code() == ErrorCode::kUsage);
  }
}

TEST_CASE("the members of an archive in a pipe are one text") {
  const Scratch scratch;
  for (const char* filter : {"none", "gzip"}) {
    const std::string path = make_fifo(scratch);
    const std::string bytes = archived("ustar", filter, {{"a", "1\n2"}, {"b", "3\n"}});
    std::thread writer([&] { append(path, bytes); });
    CHECK(read_paths({path}).text() == "1\n2\n3\n");
    writer.join();
    std::filesystem::remove(path);
  }
}

TEST_CASE(
    "a live pipe hands out a line when it has come, and stopping does not wait for the next") {
  const Scratch scratch;
  const std::string path = make_fifo(scratch);
  const CancelToken cancel;
  auto reader = std::make_unique<BlockReader>(expand_inputs({&path, 1}, cancel).inputs,
                                              BlockReaderOptions{}, cancel);
  const int writer = ::open(path.c_str(), O_RDWR);
  REQUIRE(::write(writer, "one\ntw", 6) == 6);
  CHECK(next_text(*reader) == "one\n");
  REQUIRE(::write(writer, "o\n", 2) == 2);
  CHECK(next_text(*reader) == "two\n");
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    reader->stop();
  });
  CHECK(next_text(*reader) == "(end)");
  stopper.join();
  reader.reset();
  ::close(writer);
}

TEST_CASE("a cancelled pipe ends without its open line and without an error") {
  const Scratch scratch;
  const std::string path = make_fifo(scratch);
  CancelToken cancel;
  BlockReader reader(expand_inputs({&path, 1}, cancel).inputs, {}, cancel);
  const int writer = ::open(path.c_str(), O_RDWR);
  REQUIRE(::write(writer, "one\ntw", 6) == 6);
  CHECK(next_text(reader) == "one\n");
  cancel.cancel(CancelReason::kInterrupted);
  CHECK(next_text(reader) == "(end)");
  CHECK(reader.errors().empty());
  ::close(writer);
}

TEST_CASE("a followed file goes on through appends, truncation and rotation until cancelled") {
  const Scratch scratch;
  const std::string path = scratch.file("log", "1\n");
  CancelToken cancel;
  BlockReader reader(expand_inputs({&path, 1}, cancel).inputs, {.follow = true}, cancel);
  CHECK(next_text(reader) == "1\n");
  append(path, "2\n");
  CHECK(next_text(reader) == "2\n");
  std::filesystem::resize_file(path, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  append(path, "3\n");
  CHECK(next_text(reader) == "3\n");
  std::filesystem::rename(path, scratch.path("log.1"));
  append(scratch.path("log.1"), "4");
  (void)scratch.file("log", "5\n");
  std::string both = next_text(reader);
  if (both.size() < 4) both += next_text(reader);
  CHECK(both == "4\n5\n");
  cancel.cancel(CancelReason::kInterrupted);
  CHECK(next_text(reader) == "(end)");
}

TEST_CASE("several files are followed at once") {
  const Scratch scratch;
  const std::vector<std::string> paths{scratch.file("a", ""), scratch.file("b", "")};
  CancelToken cancel;
  BlockReader reader(expand_inputs(paths, cancel).inputs, {.follow = true}, cancel);
  for (const char* name : {"b", "a", "b"}) {
    append(scratch.path(name), std::string(name) + "\n");
    CHECK(next_text(reader) == std::string(name) + "\n");
  }
}

TEST_CASE("a packed file cannot be followed") {
  const Scratch scratch;
  const Reading reading = read_paths({scratch.file("a", packed("gzip", "1\n"))}, {.follow = true});
  REQUIRE(reading.errors.size() == 1);
  CHECK(reading.errors[0].code() == ErrorCode::kUsage);
}

}  // namespace
}  // namespace quarry::io
