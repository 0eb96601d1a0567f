#include "common/journal/journal.h"

#include "common/journal/chain.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sys/stat.h>

#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::journal;
using quarry::unit::read_text;
using quarry::unit::TemporaryFolder;
using quarry::unit::write_text;

namespace {

JournalOptions options(const TemporaryFolder& folder) {
  return {.path = folder / "runs/R.ndjson", .tool = "lr", .run = "R", .by = "ann"};
}

}  // namespace

TEST_CASE("a journal is made for the user alone and goes on where it ended") {
  const TemporaryFolder folder;
  {
    auto journal = Journal::open(options(folder));
    REQUIRE(journal);
    CHECK(journal->earlier().empty());
    const std::vector<Record> group{{.op = Op::kIntent, .key = "a"},
                                    {.op = Op::kIntent, .key = "b"}};
    REQUIRE(journal->append(group));
    REQUIRE(journal->append({.op = Op::kOutcome, .key = "a", .state = State::kDone},
                            Journal::Sync::kLater));
    REQUIRE(journal->sync());
  }
  struct stat status {};
  ::stat((folder / "runs/R.ndjson").c_str(), &status);
  CHECK((status.st_mode & 0777) == 0600);
  auto again = Journal::open(options(folder));
  REQUIRE(again);
  REQUIRE(again->earlier().size() == 3);
  CHECK(again->earlier()[2].record.state == State::kDone);
  CHECK(again->note().empty());
  REQUIRE(again->append({.op = Op::kNote, .reason = "more"}));
  CHECK(verify_file(folder / "runs/R.ndjson").value() == 4);
}

TEST_CASE("one journal has one writer") {
  const TemporaryFolder folder;
  const auto first = Journal::open(options(folder));
  REQUIRE(first);
  const auto second = Journal::open(options(folder));
  REQUIRE_FALSE(second);
  CHECK(second.error().code() == ErrorCode::kRefused);
}

TEST_CASE("a cut last line is kept beside and told of, a changed one is refused") {
  const TemporaryFolder folder;
  const std::string path = folder / "runs/R.ndjson";
  REQUIRE(Journal::open(options(folder))->append({.op = Op::kIntent, .key = "a"}));
  const std::string whole = read_text(path);
  write_text(path, whole + whole.substr(0, 57));
  CHECK(verify_file(path).error().file() == path + ":2");
  {
    auto journal = Journal::open(options(folder));
    REQUIRE(journal);
    const std::string kept = fmt::format("{}.cut-{}", path, whole.size());
    CHECK(journal->note() == "a last line was cut off: its 57 bytes are kept in " + kept);
    CHECK(read_text(kept) == whole.substr(0, 57));
    CHECK(read_text(path).starts_with(whole));
    REQUIRE(journal->earlier().size() == 2);
    CHECK(loss_in(journal->earlier()[1].record).find("57 bytes") == 0);
    REQUIRE(journal->append({.op = Op::kNote}));
  }
  std::string changed = read_text(path);
  changed[changed.find("\"a\"") + 1] = 'b';
  write_text(path, changed);
  const auto refused = Journal::open(options(folder));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().file() == path + ":1");
  CHECK(refused.error().message() == "the record was changed");
  CHECK(read_text(path) == changed);
}

TEST_CASE("what was cut off at the end is found by a hash that was kept elsewhere") {
  const TemporaryFolder folder;
  const std::string path = folder / "runs/R.ndjson";
  std::vector<std::string> hashes;
  std::string first_two;
  for (int i = 0; i < 3; ++i) {
    REQUIRE(Journal::open(options(folder))->append({.op = Op::kNote}));
    const auto verified = verify_chain(path);
    REQUIRE(verified);
    CHECK(verified->records == hashes.size() + 1);
    hashes.push_back(verified->last_hash);
    if (i == 1) first_two = read_text(path);
  }
  CHECK(verify_chain(path, hashes[2])->since == 0);
  CHECK(verify_chain(path, hashes[0])->since == 2);
  write_text(path, first_two);
  CHECK(verify_chain(path, hashes[1]));
  const auto shortened = verify_chain(path, hashes[2]);
  REQUIRE_FALSE(shortened);
  CHECK(shortened.error().code() == ErrorCode::kData);
}

TEST_CASE("a journal without records is not verified") {
  const TemporaryFolder folder;
  const std::string path = folder / "empty.ndjson";
  write_text(path, "");
  CHECK(verify_file(path).error().code() == ErrorCode::kData);
}

TEST_CASE("runs have names that cannot lead elsewhere") {
  const std::string run = make_run_id(639'000'000'000'000'000);
  CHECK(run.size() == 23);
  CHECK(run.substr(8, 1) == "T");
  CHECK(run.substr(15, 2) == "Z-");
  CHECK(run_path("/s/quarry", run).value() == "/s/quarry/runs/" + run + ".ndjson");
  for (const char* name : {"", "..", "../x", "a/b", ".hidden", "a b"})
    CHECK_FALSE(run_path("/s", name));
  CHECK_FALSE(run_path("", run));
}
