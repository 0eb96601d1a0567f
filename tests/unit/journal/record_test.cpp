#include "common/journal/record.h"

#include "common/journal/chain.h"
#include "common/journal/idempotency_key.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::journal;

namespace {

const Stamp kStamp{.seq = 12,
                   .at = "2026-11-20T09:12:01.1234567Z",
                   .tool = "lr",
                   .run = "R",
                   .by = "ann",
                   .prev = "p"};

}  // namespace

TEST_CASE("a record is one line with its hash at the end, and comes back whole") {
  const Record record{.op = Op::kOutcome,
                      .key = "k",
                      .case_id = "4711",
                      .target = R"({"id":"m1"})",
                      .request = R"({"method":"POST","url":"https://h/x"})",
                      .state = State::kDone,
                      .status = 201,
                      .request_id = "r1",
                      .before = "null-ish",
                      .after = "[1,\n 2]",
                      .undo = R"({"action":"release"})",
                      .reason = "triage \"now\"",
                      .row_sha256 = "s",
                      .row = R"({"a":1})",
                      .more = {{"table", "\"T\""}}};
  const std::string line = to_line(record, kStamp);
  CHECK(line.starts_with(
      R"({"_type":"journal","v":1,"seq":12,"at":"2026-11-20T09:12:01.1234567Z",)"
      R"("tool":"lr","run":"R","case":"4711","by":"ann","op":"outcome","key":"k",)"));
  CHECK(line.find('\n') == std::string::npos);
  CHECK(hash_in(line) == hash_of(line));
  const auto entry = parse_line(line);
  REQUIRE(entry);
  CHECK(entry->record.state == State::kDone);
  CHECK(entry->record.status == 201);
  CHECK(entry->record.request_id == "r1");
  CHECK(entry->record.target == record.target);
  CHECK(entry->record.before == "\"null-ish\"");
  CHECK(entry->record.after == "[1,2]");
  CHECK(entry->record.undo == record.undo);
  CHECK(entry->record.reason == record.reason);
  CHECK(entry->record.more == record.more);
  CHECK(entry->stamp.seq == 12);
  CHECK(entry->stamp.prev == "p");
  CHECK(entry->hash == hash_in(line));
}

TEST_CASE("what is not used is left out") {
  const std::string line = to_line(
      {.op = Op::kNote}, {.seq = 1, .at = "T", .tool = "lr", .run = {}, .by = {}, .prev = {}});
  CHECK(line.starts_with(
      R"({"_type":"journal","v":1,"seq":1,"at":"T","tool":"lr","op":"note","prev":"","hash":")"));
}

TEST_CASE("a message comes back also where a record has no state") {
  const auto entry = parse_line(to_line({.op = Op::kNote, .message = "not saved"}, kStamp));
  REQUIRE(entry);
  CHECK(entry->record.message == "not saved");
  CHECK(entry->record.state == State::kNone);
}

TEST_CASE("a changed line does not fit its hash") {
  std::string line = to_line({.op = Op::kIntent, .key = "abc"}, kStamp);
  line[line.find("abc")] = 'x';
  CHECK(hash_in(line) != hash_of(line));
  CHECK_FALSE(hash_in("{}"));
  CHECK_FALSE(hash_of(""));
}

TEST_CASE("other lines are no records") {
  CHECK_FALSE(parse_line("{}"));
  CHECK_FALSE(parse_line("[]"));
  CHECK_FALSE(parse_line("{\"_type\":\"journal\",\"v\":2,\"op\":\"note\",\"seq\":1}"));
  CHECK_FALSE(parse_line("{\"_type\":\"journal\",\"v\":1,\"op\":\"dance\",\"seq\":1}"));
}

TEST_CASE("what a record holds comes back with its numbers as they were written") {
  const std::string row =
      R"({"ReportId":12345678901234567890123,"Score":1.50,"Big":1e400,"Text":"a\u0062"})";
  const auto entry = parse_line(to_line({.op = Op::kLink, .row = row}, kStamp));
  REQUIRE(entry);
  CHECK(entry->record.row == row);
}

TEST_CASE("keys differ where any part does, and parts cannot be shifted") {
  const std::string key = idempotency_key("t", "isolate", "m1", "{}");
  CHECK(key.size() == 64);
  CHECK(key == idempotency_key("t", "isolate", "m1", "{}"));
  CHECK(key != idempotency_key("t2", "isolate", "m1", "{}"));
  CHECK(idempotency_key("a", "bc", "d", "") != idempotency_key("ab", "c", "d", ""));
  CHECK(idempotency_key("a", "b", "c\n1:d", "") != idempotency_key("a", "b", "c", "d"));
}

TEST_CASE("a chain breaks where a line was changed, removed, added or moved") {
  std::string text;
  std::string hash;
  std::vector<std::string> lines;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    lines.push_back(
        to_line({.op = Op::kNote, .key = std::to_string(i)},
                {.seq = i, .at = "T", .tool = "lr", .run = {}, .by = {}, .prev = hash}));
    hash = *hash_in(lines.back());
  }
  const auto reads = [](std::string_view content) { return read_chain(content, "j"); };
  const auto joined = [&](std::vector<int> order) {
    std::string all;
    for (const int i : order) all += lines[static_cast<std::size_t>(i)] + "\n";
    return all;
  };
  CHECK(reads(joined({0, 1, 2}))->entries.size() == 3);
  CHECK(reads("")->entries.empty());
  CHECK(reads(joined({0, 2})).error().file() == "j:2");
  CHECK_FALSE(reads(joined({1, 2})));
  CHECK_FALSE(reads(joined({0, 0, 1})));
  CHECK_FALSE(reads(joined({0, 2, 1})));
  CHECK_FALSE(reads(joined({0}) + "\n" + joined({1})));
  const auto cut = reads(joined({0, 1}) + lines[2].substr(0, 20));
  REQUIRE(cut);
  CHECK(cut->cut == 20);
  CHECK(cut->entries.size() == 2);
}
