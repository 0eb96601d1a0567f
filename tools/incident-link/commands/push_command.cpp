// incident-link push: what a case holds, into an incident, once that is allowed.
#include "common/base/clock.h"
#include "common/cli/invocation.h"
#include "common/journal/journal.h"
#include "tools/incident-link/entities/group.h"
#include "tools/incident-link/forms/rule.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/link/link_settings.h"
#include "tools/incident-link/rows/required.h"
#include "tools/incident-link/send/send_job.h"
#include "tools/incident-link/send/send_rows.h"

#include <fmt/format.h>

#include <span>
#include <utility>

namespace quarry::incident_link {
namespace {

/// Findings, results and evidence stay in the case: no alert can be made of them.
bool can_be_sent(const Row& row, Demand demand) {
  return check_required(std::span(&row, 1), demand).has_value();
}

struct CaseRows {
  std::vector<Row> rows;
  std::vector<std::vector<Entity>> entities;
  std::size_t left_out = 0;
};

Result<CaseRows> rows_of(const CaseState& state, const LinkSettings& settings) {
  CaseRows found;
  const bool chosen = !settings.choice.is_usual();
  for (const CaseRow& one : state.rows()) {
    QUARRY_TRY(Row row, Row::parse(one.json, "row " + one.sha256));
    if (!can_be_sent(row, settings.demand)) {
      ++found.left_out;
      continue;
    }
    found.entities.push_back(chosen ? settings.choice.entities_of(row) : one.entities);
    found.rows.push_back(std::move(row));
  }
  return found;
}

}  // namespace

Result<int> push_command(cli::Invocation& invocation) {
  QUARRY_TRY(LinkSettings settings, link_settings(invocation));
  if (!settings.target)
    return fail(ErrorCode::kUsage, "push whereto?", "--to 29001, or --new --to defender");
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_TRY(const CaseState state, look_at_case(invocation, folder));
  // The case remembers the query.
  if (settings.query.empty() && state.queries().size() == 1)
    settings.query = state.queries().begin()->second;
  QUARRY_CHECK(check_rule_file(settings.rule_file, settings.query));
  QUARRY_TRY(const CaseRows rows, rows_of(state, settings));
  if (rows.left_out > 0)
    invocation.run_context().warn(
        rows.left_out == 1
            ? "1 row stays in the case: it is no event"
            : fmt::format("{} rows stay in the case: they are no events", rows.left_out));
  std::vector<LinkRow> chosen;
  for (std::size_t i = 0; i < rows.rows.size(); ++i)
    chosen.push_back({.row = &rows.rows[i],
                      .entities = rows.entities[i],
                      .group = group_name(rows.entities[i])});
  QUARRY_TRY(const auth::Connection connection, connection_of(invocation.run_context()));
  QUARRY_TRY(SendJob job, job_of_rows(settings, std::move(chosen), state, folder, connection,
                                      journal::make_run_id(system_ticks_now())));
  if (!invocation.flag("dry-run"))
    QUARRY_CHECK(
        write_rule(settings.rule_file, rule_input(alert_head(settings, state.head()),
                                                  settings.query, rows.rows, settings.choice)));
  return shown(state, do_job(invocation, job));
}

}  // namespace quarry::incident_link
