#include "tools/incident-link/forms/handover.h"

#include "common/json/raw_object.h"
#include "common/time/format.h"
#include "tools/incident-link/forms/timeline.h"
#include "tools/incident-link/rows/row_facts.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace quarry::incident_link {
namespace {

using output::ReportTable;
using output::Section;

constexpr std::size_t kLongestCell = 400;

ReportTable table_of(std::vector<ReportTable::Column> columns) {
  return {.columns = std::move(columns), .rows = {}};
}

void add(ReportTable& table, std::vector<std::string> cells, std::vector<Section> below = {}) {
  table.rows.push_back({.cells = std::move(cells), .below = std::move(below)});
}

ReportTable facts_of(const CaseState& state) {
  const CaseHead& head = state.head();
  ReportTable table = table_of({{"Fact"}, {"Value"}});
  const auto fact = [&table](const char* name, const std::string& value) {
    if (!value.empty()) add(table, {name, value});
  };
  fact("Severity", head.severity);
  fact("Category", head.category);
  fact("Techniques", fmt::format("{}", fmt::join(head.techniques, ", ")));
  fact("Status", head.status);
  fact("Assigned to", head.assigned_to);
  fact("Classification", head.classification);
  fact("Determination", head.determination);
  fact("Opened", head.created);
  fact("Changed", head.updated);
  fact("Rows", fmt::format("{}", state.rows().size()));
  fact("Case", head.id);
  return table;
}

/// Members of a row, one a line.
Section row_section(const CaseRow& row) {
  ReportTable table = table_of({{"Column"}, {"Value"}});
  if (const auto members = json::raw_members(row.json, "row")) {
    for (const json::RawMember& member : *members) {
      const std::string value = json::text_of(member.value);
      if (!value.empty()) add(table, {std::string(member.key), cut_text(value, kLongestCell)});
    }
  }
  return {.title = "Row " + row.sha256, .blocks = {std::move(table)}};
}

Section timeline_section(const CaseState& state) {
  ReportTable table = table_of({{"Time"}, {"Source"}, {"Entities"}, {"Flag"}, {"By"}, {"What"}});
  for (const TimelineItem& item : timeline_of(state)) {
    std::vector<Section> below;
    if (item.row != nullptr) below.push_back(row_section(*item.row));
    add(table,
        {to_string(item.time) + (item.dated ? "" : " (linked)"), item.source, item.entities,
         item.flag, item.by, cut_text(item.what.empty() ? item.source : item.what, kLongestCell)},
        std::move(below));
  }
  return {.title = "Timeline", .blocks = {std::move(table)}};
}

Section entities_section(const CaseState& state) {
  std::map<Entity, std::size_t> counts;
  for (const CaseRow& row : state.rows()) {
    for (const Entity& entity : row.entities) ++counts[entity];
  }
  ReportTable table = table_of({{"Entity"}, {"Identifier"}, {"Value"}, {"Role"}, {"Rows", true}});
  for (const Role role : {Role::kImpacted, Role::kRelated}) {
    for (const auto& [entity, rows] : counts) {
      if (entity.role == role)
        add(table, {entity.type, entity.id, entity.value, std::string(name_of(role)),
                    fmt::format("{}", rows)});
    }
  }
  return {.title = "Entities", .blocks = {std::move(table)}};
}

Section incidents_section(const CaseState& state) {
  ReportTable table =
      table_of({{"Incident"}, {"Alert"}, {"Rows", true}, {"State"}, {"When"}, {"Message"}});
  for (const auto& [key, sending] : state.sendings()) {
    Target target = sending.target;
    if (!sending.incident.empty()) target.incident = sending.incident;
    add(table, {in_words(target), sending.alert, fmt::format("{}", sending.rows.size()),
                std::string(journal::name_of(sending.state)), sending.at, sending.message});
  }
  return {.title = "Incidents", .blocks = {std::move(table)}};
}

Section queries_section(const CaseState& state) {
  Section section{.title = "Queries", .blocks = {}};
  for (const auto& [sha256, query] : state.queries()) {
    section.blocks.emplace_back(output::Paragraph{query});
    section.blocks.emplace_back(output::Paragraph{"SHA-256 " + sha256});
  }
  return section;
}

}  // namespace

output::Report handover_of(const CaseState& state) {
  const CaseHead& head = state.head();
  output::Report report{.title = head.title, .blocks = {}, .sections = {}};
  if (!head.description.empty()) report.blocks.emplace_back(output::Paragraph{head.description});
  report.blocks.emplace_back(facts_of(state));
  if (!head.recommended_action.empty())
    report.blocks.emplace_back(output::Notes{{"Recommended: " + head.recommended_action}});
  report.sections.push_back(timeline_section(state));
  report.sections.push_back(entities_section(state));
  if (!state.sendings().empty()) report.sections.push_back(incidents_section(state));
  if (!state.queries().empty()) report.sections.push_back(queries_section(state));
  report.sections.push_back(
      {.title = "Proof",
       .blocks = {output::Paragraph{
           fmt::format("{} records, each with the digest of the one before. The last one is {}. "
                       "incident-link verify --case DIR proves that nothing was changed up to it.",
                       state.records(), state.last_hash())}}});
  return report;
}

}  // namespace quarry::incident_link
