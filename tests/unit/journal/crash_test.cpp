// What a journal promises when the machine or the disk does not play along.
#include "common/journal/chain.h"
#include "common/journal/journal.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

using namespace quarry;
using namespace quarry::journal;
using quarry::unit::TemporaryFolder;

namespace {

JournalOptions options(const TemporaryFolder& folder) {
  return {.path = folder / "R.ndjson", .tool = "lr", .run = "R", .by = "ann"};
}

/// Appends groups without end and tells through the pipe how many records are safe.
[[noreturn]] void write_until_killed(const TemporaryFolder& folder, int pipe) {
  auto journal = Journal::open(options(folder));
  std::uint64_t written = journal ? journal->earlier().size() : 0;
  for (std::uint64_t i = 0; journal; ++i) {
    std::vector<Record> group(1 + i % 7, Record{.op = Op::kIntent,
                                                .key = std::to_string(i),
                                                .row = "\"" + std::string(i % 900, 'x') + "\""});
    if (!journal->append(group)) break;
    written += group.size();
    if (::write(pipe, &written, sizeof written) != sizeof written) break;
  }
  ::_exit(1);
}

}  // namespace

TEST_CASE("kill -9 at any moment loses nothing that was promised, and the journal goes on") {
  const TemporaryFolder folder;
  std::uint64_t promised = 0;
  for (int round = 0; round < 12; ++round) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) write_until_killed(folder, pipe[1]);
    ::close(pipe[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(15 + round * 7));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    std::uint64_t count = 0;
    while (::read(pipe[0], &count, sizeof count) == sizeof count) promised = count;
    ::close(pipe[0]);
    const auto journal = Journal::open(options(folder));
    REQUIRE(journal);
    CHECK(journal->earlier().size() >= promised);
  }
  CHECK(promised > 12);
  CHECK(verify_file(folder / "R.ndjson"));
}

TEST_CASE("a full disk stops the writer with a clear word, and what was written stays whole") {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    // No file may grow beyond this: as good as a full disk.
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{20'000, 20'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto journal = Journal::open(options(folder));
    const std::vector<Record> group(10, Record{.op = Op::kIntent, .key = std::string(64, 'k')});
    Result<void> done = ok();
    int groups = 0;
    while (done && groups < 1000) {
      done = journal->append(group);
      ++groups;
    }
    const bool clear = !done && done.error().code() == ErrorCode::kData &&
                       done.error().message().starts_with("cannot write the journal: ") &&
                       done.error().hint() == "make room, then go on with --resume";
    // Nothing is taken any more, small as it may be.
    const bool stays = !journal->append({.op = Op::kNote});
    ::_exit(groups > 1 && clear && stays ? 0 : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  const auto count = verify_file(folder / "R.ndjson");
  REQUIRE(count);
  CHECK(*count > 0);
  CHECK(*count % 10 == 0);
  CHECK(Journal::open(options(folder))->append({.op = Op::kNote}));
}
