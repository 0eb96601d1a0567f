// incident-link [FILE…]: rows into a case, and from there into an incident.
#include "common/actions/plan_file.h"
#include "common/base/clock.h"
#include "common/base/suggest.h"
#include "common/cli/invocation.h"
#include "common/journal/journal.h"
#include "tools/incident-link/edit/edit_job.h"
#include "tools/incident-link/forms/rule.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/add_rows.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/link/link_output.h"
#include "tools/incident-link/link/link_settings.h"
#include "tools/incident-link/link/stdin_text.h"
#include "tools/incident-link/rows/read_rows.h"
#include "tools/incident-link/rows/required.h"
#include "tools/incident-link/send/acting.h"
#include "tools/incident-link/send/send_job.h"
#include "tools/incident-link/send/send_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::incident_link {
namespace {

/// A case takes any number of groups, unless --max-targets was given.
Result<void> check_limit(const cli::Invocation& invocation, const std::vector<LinkRow>& rows) {
  QUARRY_TRY(const std::optional<std::uint64_t> limit, invocation.options().number("max-targets"));
  std::set<std::string_view> groups;
  for (const LinkRow& row : rows) groups.insert(row.group);
  if (!limit || groups.size() <= *limit) return ok();
  return fail(
      ErrorCode::kRefused,
      fmt::format("the rows make {} groups, and --max-targets allows {}", groups.size(), *limit),
      "look at the rows; raise the limit if it is right");
}

std::size_t fresh_in(const CaseState& state, const std::vector<LinkRow>& rows) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(),
      [&state](const LinkRow& one) { return state.find_row(one.row->sha256()) == nullptr; }));
}

/// --new, and the case is there already: a rerun says nothing, more rows or another severity do.
void warn_of_old_case(cli::Invocation& invocation, const LinkSettings& settings,
                      const CaseHead& head, std::size_t fresh) {
  const bool other = !settings.head.severity.empty() && settings.head.severity != head.severity;
  if (fresh == 0 && !other) return;
  invocation.run_context().warn(
      fmt::format("the case exists, opened {}: {} row{} added to it; its severity stays {}",
                  head.created, fresh, fresh == 1 ? " is" : "s are", head.severity));
}

/// --dry-run of a case: what would come into it.
Result<int> show_rows_of(cli::Invocation& invocation, const std::string& folder,
                         const std::vector<LinkRow>& rows) {
  QUARRY_TRY(const CaseState state, case_if_any(folder));
  QUARRY_CHECK(check_open(state, folder, rows));
  const std::size_t fresh = fresh_in(state, rows);
  const Added added{.rows = fresh, .already = rows.size() - fresh};
  LinkOutput output(invocation, folder);
  QUARRY_CHECK(output.groups(rows, "planned"));
  QUARRY_CHECK(output.summary(added, ""));
  return 0;
}

Result<int> link_to_case(cli::Invocation& invocation, const LinkSettings& settings,
                         const std::string& folder, const std::vector<LinkRow>& rows) {
  if (invocation.flag("dry-run")) return show_rows_of(invocation, folder, rows);
  const bool was_there = settings.make_new && is_case(folder);
  QUARRY_TRY(CaseFile file, settings.make_new
                                ? CaseFile::open_or_make(folder, new_head(settings), case_writer())
                                : CaseFile::open(folder, case_writer()));
  if (!file.note().empty()) invocation.run_context().warn(file.note());
  QUARRY_TRY(const Added added, add_rows(file, rows, settings));
  if (was_there) warn_of_old_case(invocation, settings, file.state().head(), added.rows);
  LinkOutput output(invocation, folder);
  QUARRY_CHECK(output.groups(rows, "done"));
  QUARRY_CHECK(output.summary(added, file.journal().options().run));
  return 0;
}

/// A hunt that found nothing opens no case and sends nothing.
Result<int> link_nothing(cli::Invocation& invocation, const std::string& folder) {
  invocation.run_context().warn(is_case(folder)
                                    ? "no rows came in: nothing was linked"
                                    : "no rows came in: nothing was linked, no case was made");
  return show_rows_of(invocation, folder, {});
}

/// --also-rule: a file on this machine, for review.
Result<void> write_rule_of(cli::Invocation& invocation, const LinkSettings& settings,
                           const std::string& folder, const std::vector<Row>& rows) {
  if (settings.rule_file.empty() || invocation.flag("dry-run")) return ok();
  QUARRY_TRY(const CaseState state, case_if_any(folder));
  const CaseHead head = alert_head(settings, state.is_empty() ? new_head(settings) : state.head());
  return write_rule(settings.rule_file, rule_input(head, settings.query, rows, settings.choice));
}

Result<int> link_by_plan(cli::Invocation& invocation) {
  const std::string& file = invocation.text("plan");
  const std::string name = file == "-" ? "stdin" : file;
  QUARRY_TRY(const std::string text, text_of_file(invocation, file));
  QUARRY_TRY(actions::Plan plan, actions::read_plan(text, name, "incident-link"));
  if (is_edit_plan(plan)) return edit_by_plan(invocation, plan);
  QUARRY_TRY(const auth::Connection connection, connection_of(invocation.run_context()));
  PlannedRows rows;
  QUARRY_TRY(SendJob job, job_of_plan(std::move(plan), name, connection, rows));
  return do_job(invocation, job);
}

}  // namespace

namespace {

/// A lone word that is no file may be a command with a slip in it.
Result<void> check_no_command(const cli::Invocation& invocation) {
  if (invocation.arguments().size() != 1) return ok();
  const std::string& word = invocation.arguments().front();
  std::error_code none;
  if (word.find_first_of("/.*?[") != std::string::npos || std::filesystem::exists(word, none))
    return ok();
  std::vector<std::string_view> names;
  for (const cli::CommandDef& command : invocation.app().commands) names.push_back(command.name);
  const std::string meant = did_you_mean(word, names);
  if (meant.empty()) return ok();
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no command, and no file of rows", word),
              meant);
}

}  // namespace

Result<int> link_command(cli::Invocation& invocation) {
  QUARRY_CHECK(check_no_command(invocation));
  if (!invocation.text("plan").empty()) return link_by_plan(invocation);
  QUARRY_TRY(const LinkSettings settings, link_settings(invocation));
  QUARRY_TRY(const std::vector<Row> rows, read_rows(invocation));
  QUARRY_CHECK(check_required(rows, settings.demand));
  QUARRY_TRY(std::vector<LinkRow> chosen, with_entities(rows, settings.choice));
  QUARRY_CHECK(check_rule_file(settings.rule_file, settings.query));
  if (!settings.target) {
    QUARRY_CHECK(check_limit(invocation, chosen));
    QUARRY_TRY(const std::string folder, case_folder_of(settings, invocation.environment()));
    if (rows.empty() && (settings.make_new || is_case(folder)))
      return link_nothing(invocation, folder);
    QUARRY_TRY(const int status, link_to_case(invocation, settings, folder, chosen));
    QUARRY_CHECK(write_rule_of(invocation, settings, folder, rows));
    return status;
  }
  QUARRY_TRY(const auth::Connection connection, connection_of(invocation.run_context()));
  LinkSettings placed = settings;
  placed.target->place =
      settings.target->kind == TargetKind::kSentinel ? settings.workspace : connection.tenant;
  QUARRY_TRY(std::string folder, case_folder_of(placed, invocation.environment()));
  if (rows.empty()) return link_nothing(invocation, folder);
  QUARRY_TRY(const CaseState state, case_if_any(folder));
  QUARRY_CHECK(check_open(state, folder, chosen));
  if (placed.make_new && !state.is_empty())
    warn_of_old_case(invocation, placed, state.head(), fresh_in(state, chosen));
  QUARRY_TRY(SendJob job, job_of_rows(placed, std::move(chosen), state, std::move(folder),
                                      connection, journal::make_run_id(system_ticks_now())));
  const std::string of_case = job.folder;
  QUARRY_TRY(const int status, do_job(invocation, job));
  QUARRY_CHECK(write_rule_of(invocation, placed, of_case, rows));
  return status;
}

}  // namespace quarry::incident_link
