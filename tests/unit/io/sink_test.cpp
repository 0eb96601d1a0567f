#include "common/io/sink.h"

#include "common/base/file.h"
#include "tests/unit/io/scratch.h"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>

namespace quarry::io {
namespace {

using namespace test;

TEST_CASE("sink writes everything in order, small and large pieces") {
  const Scratch scratch;
  const std::string path = scratch.path("out");
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
  Sink sink(descriptor, path, 100);
  std::string expected;
  for (std::size_t i = 0; i < 300; ++i) {
    const std::string piece(i % 150, static_cast<char>('a' + i % 26));
    expected += piece;
    REQUIRE(sink.write(piece));
  }
  CHECK(sink.bytes_written() == expected.size());
  REQUIRE(sink.flush());
  CHECK(read_file(path).value() == expected);
  ::close(descriptor);
}

TEST_CASE("a reader that went away is told apart from a failing disk") {
  ::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  ::close(ends[0]);
  Sink gone(ends[1], "stdout");
  REQUIRE(gone.write("x"));
  auto result = gone.flush();
  REQUIRE_FALSE(result);
  CHECK(result.error().code() == ErrorCode::kReaderGone);
  ::close(ends[1]);

  const int full = ::open("/dev/full", O_WRONLY);
  Sink disk(full, "out.ndjson");
  REQUIRE(disk.write("x"));
  result = disk.flush();
  REQUIRE_FALSE(result);
  CHECK(result.error().message() == "cannot write: No space left on device");
  CHECK(result.error().file() == "out.ndjson");
  ::close(full);
}

TEST_CASE("a sink asks for its descriptor when there is something to write") {
  int asked = 0;
  Sink sink([&asked] { return ++asked, ::open("/dev/null", O_WRONLY | O_CLOEXEC); }, "null");
  REQUIRE(sink.write("x"));
  CHECK(asked == 0);
  REQUIRE(sink.flush());
  REQUIRE(sink.write("y"));
  REQUIRE(sink.flush());
  CHECK(asked == 1);
}

TEST_CASE("a sink flushes by itself") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_NONBLOCK) == 0);
  Sink sink(ends[1], "stdout");
  char byte = 0;
  REQUIRE(sink.write("x"));
  CHECK(::read(ends[0], &byte, 1) == -1);
  sink.flush_every(std::chrono::milliseconds(1));
  pollfd wait{ends[0], POLLIN, 0};
  CHECK(::poll(&wait, 1, 60'000) == 1);
  CHECK(::read(ends[0], &byte, 1) == 1);
  CHECK(byte == 'x');
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace quarry::io
