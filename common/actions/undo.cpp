#include "common/actions/undo.h"

#include "common/journal/resume.h"
#include "common/json/document.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace quarry::actions {
namespace {

using journal::Entry;
using journal::Op;

std::string text_in(const journal::Record& record, std::string_view key) {
  for (const auto& [name, json] : record.more) {
    if (name != key) continue;
    const auto document = json::Document::parse(json, "member");
    if (document) return std::string(document->root().as_string().value_or(""));
  }
  return {};
}

}  // namespace

UndoPlan undo_plan(std::span<const Entry> entries, const std::string& run) {
  const journal::RunState state(entries);
  std::map<std::string, const Entry*, std::less<>> intents;
  for (const Entry& entry : entries) {
    if (entry.record.op == Op::kIntent) intents[entry.record.key] = &entry;
  }
  std::vector<const journal::KeyState*> done;
  for (const auto& [key, intent] : intents) {
    const journal::KeyState* const one = state.find(key);
    if (one->standing == journal::Standing::kDone) done.push_back(one);
  }
  std::sort(done.begin(), done.end(),
            [](const auto* a, const auto* b) { return a->latest.stamp.seq > b->latest.stamp.seq; });
  UndoPlan result;
  result.plan.run = run + ".undo";
  for (const journal::KeyState* const one : done) {
    const Entry& intent = *intents.at(one->latest.record.key);
    // Where the answer said how, it knows better than the plan.
    const std::string& how =
        one->latest.record.undo.empty() ? intent.record.undo : one->latest.record.undo;
    Result<Action> action = parse_undo(how, text_in(intent.record, "tenant"));
    if (!action) {
      ++result.irreversible;
      continue;
    }
    result.plan.actions.push_back(*std::move(action));
  }
  return result;
}

}  // namespace quarry::actions
