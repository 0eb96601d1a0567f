#include "tools/incident-link/case/case_state.h"

#include "common/journal/chain.h"
#include "common/json/raw_object.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::incident_link {
namespace {

using journal::Op;
using journal::Record;
using journal::State;

std::string text_in(const Record& record, std::string_view key) {
  return json::string_of(more_of(record, key));
}

std::string member_of(std::string_view json, std::string_view key) {
  return json::string_of(DynamicView(json).member(key).json());
}

/// "status: new -> closed" of the members that differ.
std::string change_in_words(const CaseHead& before, const CaseHead& after) {
  std::string words;
  const auto add = [&words](std::string_view name, const std::string& old, const std::string& now) {
    if (old == now) return;
    if (!words.empty()) words += "; ";
    words += old.empty() ? fmt::format("{}: {}", name, now)
                         : fmt::format("{}: {} -> {}", name, old, now.empty() ? "none" : now);
  };
  add("title", before.title, after.title);
  add("severity", before.severity, after.severity);
  add("status", before.status, after.status);
  add("assigned to", before.assigned_to, after.assigned_to);
  add("classification", before.classification, after.classification);
  add("determination", before.determination, after.determination);
  return words;
}

/// What is done counts more than what may have been done, and that more than what was not.
int weight(State state) {
  if (state == State::kDone) return 2;
  return state == State::kSent || state == State::kUnknown ? 1 : 0;
}

}  // namespace

std::string_view more_of(const Record& record, std::string_view key) {
  for (const auto& [name, json] : record.more) {
    if (name == key) return json;
  }
  return {};
}

void CaseState::apply(const journal::Entry& entry) {
  ++records_;
  last_hash_ = entry.hash;
  switch (entry.record.op) {
    case Op::kLink:
      return apply_link(entry);
    case Op::kFlag:
      return apply_flag(entry);
    case Op::kPlan:
      return apply_plan(entry);
    case Op::kNote:
      return apply_note(entry);
    case Op::kIntent:
    case Op::kOutcome:
      return apply_outcome(entry);
    case Op::kEvidence:
    case Op::kUndo:
      return;
  }
}

void CaseState::apply_link(const journal::Entry& entry) {
  const Record& record = entry.record;
  auto found = numbers_.find(record.row_sha256);
  if (found == numbers_.end()) {
    if (record.row.empty()) return;
    found = numbers_.emplace(record.row_sha256, rows_.size()).first;
    rows_.push_back({.sha256 = record.row_sha256,
                     .json = record.row,
                     .table = text_in(record, "table"),
                     .query_sha256 = text_in(record, "query_sha256"),
                     .entities = entities_of_json(more_of(record, "entities")),
                     .at = entry.stamp.at,
                     .by = entry.stamp.by,
                     .links = {},
                     .flag = {}});
  }
  // Where an act sends it, the plan says so: one record, which a crash cannot cut in two.
  if (record.key.empty()) rows_[found->second].links.push_back({target_of_json(record.target), ""});
}

void CaseState::apply_plan(const journal::Entry& entry) {
  const std::string_view plan = more_of(entry.record, "plan");
  Sending sending{.target = target_of_json(entry.record.target),
                  .plan = std::string(plan),
                  .rows = {},
                  .incident = {},
                  .alert = {},
                  .message = {},
                  .at = entry.stamp.at};
  ArrayCursor cursor(DynamicView(plan).member("parameters").member("rows"));
  for (DynamicView row; cursor.next(row);) sending.rows.push_back(json::string_of(row.json()));
  if (sendings_.contains(entry.record.key)) return;
  for (const std::string& row : sending.rows) {
    const auto number = numbers_.find(row);
    if (number != numbers_.end())
      rows_[number->second].links.push_back({sending.target, entry.record.key});
  }
  sendings_.emplace(entry.record.key, std::move(sending));
}

void CaseState::apply_outcome(const journal::Entry& entry) {
  const auto found = sendings_.find(entry.record.key);
  if (found == sendings_.end()) return apply_edit(entry);
  Sending& sending = found->second;
  sending.at = entry.stamp.at;
  if (entry.record.op == Op::kIntent) {
    sending.state = State::kSent;
    return;
  }
  sending.state = entry.record.state;
  sending.message = entry.record.message;
  sending.incident = member_of(entry.record.after, "incident");
  sending.alert = member_of(entry.record.after, "alert");
}

void CaseState::apply_edit(const journal::Entry& entry) {
  const Record& record = entry.record;
  if (record.op == Op::kIntent) {
    edits_[record.key] = text_in(record, "what");
    return;
  }
  std::string words = fmt::format("{}: {}", edits_[record.key], journal::name_of(record.state));
  if (!record.message.empty()) words += ": " + record.message;
  events_.push_back({CaseEvent::Kind::kChange, entry.stamp.at, entry.stamp.by, std::move(words)});
}

void CaseState::apply_flag(const journal::Entry& entry) {
  const Record& record = entry.record;
  const auto found = numbers_.find(record.row_sha256);
  if (found == numbers_.end()) return;
  std::optional<Flag>& flag = rows_[found->second].flag;
  if (more_of(record, "flagged") == "false") {
    flag.reset();
    return;
  }
  flag = Flag{.label = text_in(record, "label"),
              .note = text_in(record, "note"),
              .at = entry.stamp.at,
              .by = entry.stamp.by};
}

void CaseState::apply_note(const journal::Entry& entry) {
  const Record& record = entry.record;
  if (const std::string_view loss = journal::loss_in(record); !loss.empty()) {
    events_.push_back(
        {CaseEvent::Kind::kChange, entry.stamp.at, entry.stamp.by, std::string(loss)});
    return;
  }
  if (const std::string query = text_in(record, "query"); !query.empty()) {
    queries_.try_emplace(text_in(record, "query_sha256"), query);
    return;
  }
  if (const std::string text = text_in(record, "text"); !text.empty())
    events_.push_back({CaseEvent::Kind::kNote, entry.stamp.at, entry.stamp.by, text});
  if (more_of(record, "head") != "true") return;
  Result<CaseHead> head = parse_case_head(record.after, "journal");
  if (!head) return;
  const std::string words =
      is_empty() ? "case opened: " + head->title : change_in_words(head_, *head);
  if (!words.empty())
    events_.push_back({CaseEvent::Kind::kChange, entry.stamp.at, entry.stamp.by, words});
  head_ = *std::move(head);
  heads_.push_back(to_json(head_));
}

const CaseRow* CaseState::find_row(std::string_view sha256) const {
  const auto found = numbers_.find(sha256);
  return found == numbers_.end() ? nullptr : &rows_[found->second];
}

std::string CaseState::made_incident(const Target& target) const {
  for (const auto& [key, sending] : sendings_) {
    if (sending.target.kind == target.kind && sending.target.place == target.place &&
        sending.target.is_new() && !sending.incident.empty())
      return sending.incident;
  }
  return {};
}

const Sending* CaseState::sending_of(const CaseRow& row, const Target& target) const {
  const Sending* best = nullptr;
  for (const Link& link : row.links) {
    if (link.target.kind != target.kind || link.target.place != target.place) continue;
    const auto found = sendings_.find(link.action);
    if (found == sendings_.end()) continue;
    const Sending& sending = found->second;
    if (link.target.incident != target.incident && sending.incident != target.incident) continue;
    if (best == nullptr || weight(sending.state) > weight(best->state)) best = &sending;
  }
  return best;
}

bool CaseState::had_head(std::string_view json) const {
  return std::find(heads_.begin(), heads_.end(), json) != heads_.end();
}

}  // namespace quarry::incident_link
