// incident-link undo RUN: the plan that takes back what a run did.
#include "common/actions/undo.h"
#include "common/base/file.h"
#include "common/cli/result_output.h"
#include "common/journal/chain.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace quarry::incident_link {

namespace {

/// What was done by half, or may have been, is taken back as well: its outcome says how. Of an act
/// that took several attempts the first one that changed the incident knows how it was.
void count_half_done(std::vector<journal::Entry>& entries) {
  std::map<std::string, std::string, std::less<>> ways;
  for (journal::Entry& entry : entries) {
    journal::Record& record = entry.record;
    if (record.op != journal::Op::kOutcome) continue;
    const auto way = ways.try_emplace(record.key, record.undo).first;
    if (way->second.empty()) way->second = record.undo;
    if (way->second.empty()) continue;
    record.undo = way->second;
    record.state = journal::State::kDone;
  }
}

}  // namespace

Result<int> undo_command(cli::Invocation& invocation) {
  const std::string& run = invocation.arguments()[0];
  QUARRY_TRY(const std::string folder, given_case(invocation));
  if (!is_case(folder)) return fail(no_case_in(folder));
  QUARRY_TRY(const std::string text, read_file(journal_path(folder)));
  QUARRY_TRY(journal::Chain chain, journal::read_chain(text, journal_path(folder)));
  const std::size_t cut = chain.cut;
  if (cut > 0)
    invocation.run_context().warn(
        fmt::format("{}: the last record was cut off: what its {} bytes told is not in this plan",
                    journal_path(folder), cut));
  std::erase_if(chain.entries, [&run](const journal::Entry& entry) {
    return entry.stamp.run != run || entry.record.op == journal::Op::kLink;
  });
  count_half_done(chain.entries);
  const actions::UndoPlan undo = actions::undo_plan(chain.entries, run);
  if (undo.plan.actions.empty() && undo.irreversible == 0)
    return fail(Error(ErrorCode::kUsage, fmt::format("no run {} changed an incident", run),
                      "the last line that status, assign or close print names their run")
                    .at(folder));
  if (undo.irreversible > 0)
    invocation.run_context().warn(
        fmt::format("{} of the run cannot be taken back: alerts, bookmarks and comments stay",
                    undo.irreversible == 1 ? "1 act" : fmt::format("{} acts", undo.irreversible)));
  QUARRY_TRY(const int status,
             cli::show_text(invocation, actions::to_text(undo.plan, "incident-link")));
  return cut == 0 ? status : exit_status(ErrorCode::kData);
}

}  // namespace quarry::incident_link
