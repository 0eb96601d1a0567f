// incident-link [FILE…]: rows into a case, and from there into an incident.
#include "common/cli/invocation.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/add_rows.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/link/link_output.h"
#include "tools/incident-link/link/link_settings.h"
#include "tools/incident-link/rows/read_rows.h"
#include "tools/incident-link/rows/required.h"

namespace quarry::incident_link {
namespace {

Result<CaseFile> open_case(const LinkSettings& settings, const std::string& folder) {
  if (settings.make_new || (settings.target && settings.folder.empty()))
    return CaseFile::open_or_make(folder, new_head(settings), case_writer());
  return CaseFile::open(folder, case_writer());
}

/// What would come into the case.
Result<int> show_plan(cli::Invocation& invocation, const std::string& folder,
                      const std::vector<LinkRow>& rows) {
  LinkOutput output(invocation, folder);
  Added added;
  CaseState state;
  if (is_case(folder)) {
    QUARRY_TRY(state, read_case(folder));
  }
  for (const LinkRow& one : rows)
    ++(state.find_row(one.row->sha256()) == nullptr ? added.rows : added.already);
  QUARRY_CHECK(output.groups(rows, "planned"));
  QUARRY_CHECK(output.summary(added, ""));
  return 0;
}

}  // namespace

Result<int> link_command(cli::Invocation& invocation) {
  QUARRY_TRY(const LinkSettings settings, link_settings(invocation));
  QUARRY_TRY(const std::vector<Row> rows, read_rows(invocation));
  QUARRY_CHECK(check_required(rows, settings.demand));
  QUARRY_TRY(const std::vector<LinkRow> chosen, with_entities(rows, settings.choice));
  QUARRY_TRY(const std::string folder, case_folder_of(settings, invocation.environment()));
  if (invocation.flag("dry-run")) return show_plan(invocation, folder, chosen);
  QUARRY_TRY(CaseFile file, open_case(settings, folder));
  if (!file.note().empty()) invocation.run_context().warn(file.note());
  QUARRY_TRY(const Added added, add_rows(file, chosen, settings));
  LinkOutput output(invocation, folder);
  QUARRY_CHECK(output.groups(chosen, "done"));
  QUARRY_CHECK(output.summary(added, file.journal().options().run));
  return 0;
}

}  // namespace quarry::incident_link
