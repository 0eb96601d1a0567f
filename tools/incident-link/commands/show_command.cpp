// incident-link show, list: what cases are about and what they hold.
#include "common/cli/result_output.h"
#include "common/time/format.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/forms/result_table.h"
#include "tools/incident-link/forms/timeline.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace quarry::incident_link {
namespace {

namespace fs = std::filesystem;

/// Of the rows that have a time of their own.
struct Span {
  std::string first;
  std::string last;
};

Span span_of(const CaseState& state) {
  Span span;
  for (const TimelineItem& item : timeline_of(state)) {
    if (item.row == nullptr || !item.dated) continue;
    span.last = to_string(item.time);
    if (span.first.empty()) span.first = span.last;
  }
  return span;
}

/// "Defender incident 29001 (3 groups, 1 to be sent)", one for each incident.
std::string incidents_in_words(const CaseState& state) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> counts;
  for (const auto& [key, sending] : state.sendings()) {
    Target target = sending.target;
    const std::string made = target.is_new() ? state.made_incident(target) : sending.incident;
    if (!made.empty()) target.incident = made;
    auto& [all, open] = counts[in_words(target)];
    ++all;
    if (sending.state != journal::State::kDone) ++open;
  }
  std::string words;
  for (const auto& [name, count] : counts) {
    if (!words.empty()) words += ", ";
    words += fmt::format("{} ({} group{}", name, count.first, count.first == 1 ? "" : "s");
    words += count.second == 0 ? ")" : fmt::format(", {} not linked)", count.second);
  }
  return words;
}

std::vector<Entity> impacted_of(const CaseState& state) {
  std::set<Entity> all;
  for (const CaseRow& row : state.rows()) {
    for (const Entity& entity : row.entities) {
      if (entity.role == Role::kImpacted) all.insert(entity);
    }
  }
  return {all.begin(), all.end()};
}

std::size_t flagged_in(const CaseState& state) {
  return static_cast<std::size_t>(
      std::count_if(state.rows().begin(), state.rows().end(),
                    [](const CaseRow& row) { return row.flag.has_value(); }));
}

std::vector<ColumnSchema> short_columns() {
  return {{"Case", Type::kString},   {"Title", Type::kString},      {"Severity", Type::kString},
          {"Status", Type::kString}, {"AssignedTo", Type::kString}, {"Rows", Type::kLong},
          {"Flagged", Type::kLong},  {"Created", Type::kDatetime},  {"Updated", Type::kDatetime}};
}

std::vector<Scalar> short_cells(const std::string& folder, const CaseState& state) {
  const CaseHead& head = state.head();
  return {text_cell(folder),
          text_cell(head.title),
          text_cell(head.severity),
          text_cell(head.status),
          text_cell(head.assigned_to),
          count_cell(state.rows().size()),
          count_cell(flagged_in(state)),
          instant_cell(head.created),
          instant_cell(head.updated)};
}

}  // namespace

Result<int> show_command(cli::Invocation& invocation) {
  constexpr std::size_t kMostEntities = 20;
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_CHECK(check_no_file_of_case(invocation.output_file()));
  QUARRY_TRY(const CaseState state, look_at_case(invocation, folder));
  const CaseHead& head = state.head();
  std::vector<ColumnSchema> columns = short_columns();
  for (const char* name : {"Id", "Category", "Techniques", "Description", "RecommendedAction",
                           "Classification", "Determination"})
    columns.push_back({name, Type::kString});
  columns.push_back({"FirstEvent", Type::kDatetime});
  columns.push_back({"LastEvent", Type::kDatetime});
  for (const char* name : {"Impacted", "Incidents"}) columns.push_back({name, Type::kString});
  columns.push_back({"Records", Type::kLong});
  columns.push_back({"LastHash", Type::kString});
  ResultTable table(std::move(columns));
  std::vector<Scalar> cells = short_cells(folder, state);
  const Span span = span_of(state);
  for (const std::string& text :
       {head.id, head.category, fmt::format("{}", fmt::join(head.techniques, ", ")),
        head.description, head.recommended_action, head.classification, head.determination})
    cells.push_back(text_cell(text));
  cells.push_back(instant_cell(span.first));
  cells.push_back(instant_cell(span.last));
  cells.push_back(text_cell(entities_in_words(impacted_of(state), kMostEntities)));
  cells.push_back(text_cell(incidents_in_words(state)));
  cells.push_back(count_cell(state.records()));
  cells.push_back(text_cell(state.last_hash()));
  table.add(std::move(cells));
  return shown(state, cli::show_rows(invocation, table.schema(), table.finish(), "list"));
}

Result<int> list_command(cli::Invocation& invocation) {
  QUARRY_CHECK(check_no_file_of_case(invocation.output_file()));
  std::string root;
  if (invocation.arguments().empty()) {
    QUARRY_TRY(root, cases_folder(invocation.environment()));
  } else {
    root = invocation.arguments()[0];
  }
  std::error_code problem;
  std::vector<std::string> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(root, problem)) {
    if (is_case(entry.path().string())) folders.push_back(entry.path().string());
  }
  if (problem && !invocation.arguments().empty())
    return fail(Error(ErrorCode::kData, "cannot read the folder: " + problem.message()).at(root));
  if (is_case(root)) folders.push_back(root);
  std::sort(folders.begin(), folders.end());
  ResultTable table(short_columns());
  bool whole = true;
  for (const std::string& folder : folders) {
    const Result<CaseState> state = look_at_case(invocation, folder);
    whole = whole && state && state->cut_bytes() == 0;
    if (state) {
      table.add(short_cells(folder, *state));
    } else {
      invocation.diagnostics().add(state.error(), DiagnosticClass::kData);
    }
  }
  QUARRY_TRY(const int status, cli::show_rows(invocation, table.schema(), table.finish()));
  return whole ? status : exit_status(ErrorCode::kData);
}

}  // namespace quarry::incident_link
