#include "common/journal/resume.h"

#include <algorithm>

namespace quarry::journal {
namespace {

Standing standing_of(const Record& record) {
  if (record.op == Op::kIntent) return Standing::kOpen;
  if (record.op == Op::kUndo)
    return record.state == State::kDone ? Standing::kUndone : Standing::kDone;
  switch (record.state) {
    case State::kDone:
      return Standing::kDone;
    case State::kFailed:
      return Standing::kFailed;
    default:
      return Standing::kOpen;  // sent, unknown
  }
}

}  // namespace

RunState::RunState(std::span<const Entry> entries) {
  for (const Entry& entry : entries) {
    const Op op = entry.record.op;
    if (entry.record.key.empty() || (op != Op::kIntent && op != Op::kOutcome && op != Op::kUndo))
      continue;
    states_.insert_or_assign(entry.record.key, KeyState{standing_of(entry.record), entry});
  }
}

Standing RunState::standing(std::string_view key) const {
  const KeyState* const state = find(key);
  return state == nullptr ? Standing::kNew : state->standing;
}

const KeyState* RunState::find(std::string_view key) const {
  const auto found = states_.find(key);
  return found == states_.end() ? nullptr : &found->second;
}

std::vector<std::string> RunState::open_keys() const {
  std::vector<const KeyState*> open;
  for (const auto& [key, state] : states_) {
    if (state.standing == Standing::kOpen) open.push_back(&state);
  }
  std::sort(open.begin(), open.end(), [](const KeyState* a, const KeyState* b) {
    return a->latest.stamp.seq < b->latest.stamp.seq;
  });
  std::vector<std::string> keys;
  for (const KeyState* const state : open) keys.push_back(state->latest.record.key);
  return keys;
}

}  // namespace quarry::journal
