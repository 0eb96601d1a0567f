#include "tools/incident-link/forms/timeline.h"

#include "common/time/parse.h"
#include "tools/incident-link/rows/row_facts.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::incident_link {
namespace {

constexpr std::size_t kMostEntities = 3;

Datetime instant(const std::string& text) { return parse_datetime(text).value_or(Datetime{}); }

std::string flag_in_words(const CaseRow& row) {
  if (!row.flag) return {};
  return row.flag->note.empty() ? row.flag->label
                                : fmt::format("{}: {}", row.flag->label, row.flag->note);
}

TimelineItem item_of(const CaseRow& one) {
  const Result<Row> row = Row::parse(one.json, one.sha256);
  const auto time = row ? time_of(*row) : std::nullopt;
  return {.time = time ? *time : instant(one.at),
          .dated = time.has_value(),
          .source = row ? source_of(*row, one.table) : "row",
          .what = row ? summary_of(*row) : "",
          .entities = entities_in_words(one.entities, kMostEntities),
          .flag = flag_in_words(one),
          .by = one.by,
          .row = &one};
}

std::string sending_in_words(const Sending& sending) {
  const std::size_t rows = sending.rows.size();
  std::string words = fmt::format("{} row{} to {}: {}", rows, rows == 1 ? "" : "s",
                                  in_words(sending.target), journal::name_of(sending.state));
  if (!sending.incident.empty() && sending.incident != sending.target.incident)
    words += fmt::format(", incident {}", sending.incident);
  if (!sending.alert.empty()) words += fmt::format(", alert {}", sending.alert);
  if (sending.state == journal::State::kFailed) words += ": " + sending.message;
  return words;
}

}  // namespace

std::string entities_in_words(const std::vector<Entity>& entities, std::size_t most) {
  std::string words;
  std::size_t shown = 0;
  std::size_t left = 0;
  for (const Entity& entity : entities) {
    if (entity.role != Role::kImpacted) continue;
    if (shown == most) {
      ++left;
      continue;
    }
    if (shown++ > 0) words += ", ";
    words += entity.type + ":" + entity.value;
  }
  if (left > 0) words += fmt::format(" and {} more", left);
  return words;
}

std::vector<TimelineItem> timeline_of(const CaseState& state) {
  std::vector<TimelineItem> items;
  for (const CaseRow& row : state.rows()) items.push_back(item_of(row));
  for (const CaseEvent& event : state.events()) {
    items.push_back({.time = instant(event.at),
                     .source = event.kind == CaseEvent::Kind::kNote ? "note" : "change",
                     .what = event.text,
                     .entities = {},
                     .flag = {},
                     .by = event.by});
  }
  for (const auto& [key, sending] : state.sendings()) {
    items.push_back({.time = instant(sending.at),
                     .source = "link",
                     .what = sending_in_words(sending),
                     .entities = {},
                     .flag = {},
                     .by = {}});
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const TimelineItem& a, const TimelineItem& b) { return a.time < b.time; });
  return items;
}

}  // namespace quarry::incident_link
