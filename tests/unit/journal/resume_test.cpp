#include "common/journal/resume.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quarry::journal;

namespace {

Entry entry(std::uint64_t seq, Op op, const std::string& key, State state = State::kNone) {
  Entry result;
  result.stamp.seq = seq;
  result.record.op = op;
  result.record.key = key;
  result.record.state = state;
  return result;
}

}  // namespace

TEST_CASE("the newest record of a key says where it stands") {
  const std::vector<Entry> entries{entry(1, Op::kPlan, "planned", State::kPlanned),
                                   entry(2, Op::kIntent, "z-open"),
                                   entry(3, Op::kIntent, "done"),
                                   entry(4, Op::kIntent, "a-open"),
                                   entry(5, Op::kOutcome, "done", State::kDone),
                                   entry(6, Op::kIntent, "failed"),
                                   entry(7, Op::kOutcome, "failed", State::kFailed),
                                   entry(8, Op::kIntent, "lost"),
                                   entry(9, Op::kOutcome, "lost", State::kUnknown),
                                   entry(10, Op::kNote, "done"),
                                   entry(11, Op::kIntent, "back"),
                                   entry(12, Op::kOutcome, "back", State::kDone),
                                   entry(13, Op::kUndo, "back", State::kDone)};
  const RunState state(entries);
  CHECK(state.standing("new") == Standing::kNew);
  CHECK(state.standing("planned") == Standing::kNew);
  CHECK(state.standing("done") == Standing::kDone);
  CHECK(state.standing("failed") == Standing::kFailed);
  CHECK(state.standing("lost") == Standing::kOpen);
  CHECK(state.standing("back") == Standing::kUndone);
  CHECK(state.find("done")->latest.stamp.seq == 5);
  CHECK(state.open_keys() == std::vector<std::string>{"z-open", "a-open", "lost"});
}

TEST_CASE("an act tried again after a failure is open again") {
  const std::vector<Entry> entries{entry(1, Op::kIntent, "k"),
                                   entry(2, Op::kOutcome, "k", State::kFailed),
                                   entry(3, Op::kIntent, "k")};
  CHECK(RunState(entries).standing("k") == Standing::kOpen);
}
