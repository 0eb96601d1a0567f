#include "tools/incident-link/send/plan_sending.h"

#include "common/actions/plan_file.h"
#include "common/json/object_writer.h"
#include "common/services/incidents/alert_input.h"
#include "common/time/format.h"
#include "tools/incident-link/entities/group.h"
#include "tools/incident-link/rows/row_facts.h"
#include "tools/incident-link/send/sending.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace quarry::incident_link {
namespace {

using actions::Action;
using journal::Op;
using journal::Record;
using journal::State;

constexpr std::size_t kLongestLine = 300;
/// More rows than a description can hold are not worth describing.
constexpr std::size_t kMostLines = 200;

struct Batch {
  std::string group;
  std::vector<const LinkRow*> rows;
  std::vector<Entity> entities;
};

/// What became of it is not known: it has to be looked up as it was begun.
bool was_begun(const Sending& sending) {
  return sending.state == State::kSent || sending.state == State::kUnknown;
}

std::string_view action_name(const LinkSettings& settings, const Target& target) {
  if (target.kind == TargetKind::kSentinel) return kLinkToSentinel;
  switch (settings.via) {
    case Via::kReference:
      return kReferenceAlert;
    case Via::kComment:
      return kCommentIncident;
    case Via::kCreateAlert:
      break;
  }
  return kCreateAlert;
}

std::string line_of(const Row& row, const std::string& table) {
  std::string line(row.text(time_column(row)));
  const std::string source = row.type().empty() ? table : row.type();
  for (const std::string& part : {source, row.text("ReportId"), summary_of(row)}) {
    if (!part.empty()) line += " | " + part;
  }
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return cut_text(line, kLongestLine);
}

std::string text_of(const Batch& batch, const std::string& table) {
  std::string text;
  std::size_t lines = 0;
  for (const LinkRow* const row : batch.rows) {
    if (lines == kMostLines) break;
    if (lines++ > 0) text += '\n';
    text += line_of(*row->row, table);
  }
  if (batch.rows.size() > lines)
    text += fmt::format("\nand {} more rows, in the case", batch.rows.size() - lines);
  return text;
}

std::vector<Batch> batches_of(const std::vector<const LinkRow*>& rows, const SendContext& context) {
  const bool by_device =
      context.settings.via == Via::kReference && context.target.kind == TargetKind::kDefender;
  std::vector<Grouped> grouped;
  std::vector<std::vector<Entity>> keys(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    keys[i] = rows[i]->entities;
    if (by_device) {
      std::string value = rows[i]->row->text("DeviceId");
      if (context.settings.per_row) value += ", row " + rows[i]->row->sha256();
      keys[i] = {{.type = "device", .id = "deviceId", .value = value, .role = Role::kImpacted}};
    }
    grouped.push_back({i, &keys[i]});
  }
  std::vector<Batch> batches;
  for (Group& group : group_rows(grouped)) {
    Batch batch{.group = std::move(group.name), .rows = {}, .entities = std::move(group.entities)};
    for (const std::size_t number : group.rows) batch.rows.push_back(rows[number]);
    batches.push_back(std::move(batch));
  }
  return batches;
}

Result<Action> action_of(const Batch& batch, const SendContext& context) {
  const LinkSettings& settings = context.settings;
  SendingInput input;
  input.alert = context.alert;
  input.folder = context.folder;
  input.group = batch.group;
  input.entities = batch.entities;
  // Impacted ones come first, so evidence is what is left out.
  if (input.entities.size() > services::incidents::kMostEntities)
    input.entities.resize(services::incidents::kMostEntities);
  std::string rows_json = "[";
  std::vector<Datetime> times;
  for (const LinkRow* const row : batch.rows) {
    input.rows.push_back(row->row->sha256());
    rows_json += (rows_json.size() > 1 ? "," : "") + row->row->json();
    if (const auto time = time_of(*row->row)) times.push_back(*time);
  }
  if (!times.empty()) {
    input.first_time = to_string(*std::min_element(times.begin(), times.end()));
    input.last_time = to_string(*std::max_element(times.begin(), times.end()));
  }
  input.text = text_of(batch, settings.table);
  const std::string_view name = action_name(settings, context.target);
  if (name == kLinkToSentinel) input.query = settings.query;
  if (name == kCreateAlert && settings.mark_workspace) input.workspace = settings.workspace;
  if (name == kCreateAlert && input.entities.empty())
    return fail(Error(ErrorCode::kUsage, "an alert needs an entity, and this row has none",
                      "keep a column that names one, or say which: --impacted device=DeviceId")
                    .at(batch.rows.front()->row->place()));
  if (name == kReferenceAlert) {
    const Row& first = *batch.rows.front()->row;
    input.machine_id = first.text("DeviceId");
    input.report_id = first.text("ReportId");
    // Trailing zeros may have been cut off; the service wants the event's own seven digits.
    input.event_time = to_string(time_of(first).value_or(Datetime{}));
    if (input.machine_id.empty())
      return fail(Error(ErrorCode::kUsage, "an alert by reference needs a DeviceId",
                        "link rows of other tables with --via createAlert or --via comment")
                      .at(first.place()));
  }
  const bool severe = name == kReferenceAlert;
  const std::size_t count = batch.rows.size();
  return Action{.name = std::string(name),
                .tenant = context.target.place,
                .level = severe ? actions::Level::kSevere : actions::Level::kReversible,
                .what = fmt::format("link {} row{} about {} to {}{}", count, count == 1 ? "" : "s",
                                    batch.group, in_words(context.target),
                                    severe ? ", which starts an automated investigation" : ""),
                .target = to_json(context.target),
                .parameters = to_json(input),
                .row = rows_json + "]"};
}

}  // namespace

void add_planned_records(const Action& action, const std::string& run,
                         std::vector<Record>& records) {
  const std::string key = actions::key_of(action);
  const SendingInput input = sending_input_of(action);
  Action bare = action;
  bare.row.clear();
  Record plan{.op = Op::kPlan, .key = key, .case_id = input.alert.id, .state = State::kPlanned};
  plan.target = action.target;
  plan.more = {{"plan", actions::to_plan_line(bare, "incident-link", run)}};
  records.push_back(std::move(plan));
  for (const std::string& row : input.rows) {
    Record link{.op = Op::kLink, .key = key, .case_id = input.alert.id, .state = State::kPlanned};
    link.target = action.target;
    link.row_sha256 = row;
    link.more = {{"group", json::quoted(input.group)}};
    records.push_back(std::move(link));
  }
}

Result<SendPlan> plan_sending(std::span<const LinkRow> rows, const SendContext& context) {
  SendPlan plan;
  std::vector<const LinkRow*> fresh;
  std::set<const Sending*> open;
  for (const LinkRow& row : rows) {
    const CaseRow* const known = context.state.find_row(row.row->sha256());
    const Sending* const sending =
        known == nullptr ? nullptr : context.state.sending_of(*known, context.target);
    if (sending != nullptr && sending->state == State::kDone) {
      ++plan.already;
    } else if (sending == nullptr || !was_begun(*sending)) {
      // What was refused, or never begun, may be linked in another way now.
      fresh.push_back(&row);
    } else if (open.insert(sending).second) {
      QUARRY_TRY(const actions::Plan again,
                 actions::read_plan(sending->plan, "plan", "incident-link"));
      plan.actions.push_back(again.actions.front());
    }
  }
  for (const Batch& batch : batches_of(fresh, context)) {
    if (batch.entities.size() > services::incidents::kMostEntities) ++plan.cut_groups;
    QUARRY_TRY(Action action, action_of(batch, context));
    plan.actions.push_back(std::move(action));
  }
  return plan;
}

}  // namespace quarry::incident_link
